"""Pictures, videos and sound: made safe, made small, drawn. Everything heavy runs in a child."""
