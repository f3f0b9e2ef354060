"""Run by Rasa's own Python: what Rasa's reader makes of files of examples, as one line of JSON.

Its shape is that of `ours` in test_readers.py: [intent, text, [[start, end, entity], …]].
"""

import json
import sys

from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

if __name__ == "__main__":
    found = []
    for path in sys.argv[1:]:
        for example in RasaYAMLReader().read(path).intent_examples:
            marks = [[e["start"], e["end"], e["entity"]] for e in example.get("entities") or []]
            found.append([example.get("intent"), example.get("text"), marks])
    sys.stdout.write("\n" + json.dumps(found))
