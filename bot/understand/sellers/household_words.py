"""Words that end a household's name, or show that there is none."""

from __future__ import annotations

_FIRST_STOP_WORDS = """
mang đem giao gửi giá bán được bao nhận lấy trả tiền là thì hết nhập thêm ơi nhé nha ạ à này ấy
kia đó nào mình tôi em chị anh cô chú bác bà ông tao tớ mấy ta nó họ xem hỏi cho của về xuống lên
ở với ghi cân kg mua bớt trừ sửa đang vẫn bảo nói còn đã đưa ứng hàng vườn xe máy khách bên trên
dưới trong ngoài rồi mới vừa có không chưa nợ thu chở tính chuyển thanh ck một hai nghìn triệu
thôi live giúp hộ báo đây đi giùm đổi các từng nhà nước nghỉ và hay bây giờ hôm đặt chốt thấy biết
muốn cần phải sẽ đến tới r k ko đc dc vs đâu đấy vậy xong luôn nữa tổng cộng món loại chỉ hỏng
thối tăng giảm mỗi gì ai tự hết sạch quên nhầm nhờ đếm soạn gói tháng tuần ngày dân chồng vợ con
cháu oi vào bấm gõ nhắn lỡ đọc tưởng chọn chụp viết
"""
FIRST_STOP = frozenset(_FIRST_STOP_WORDS.split())
"""Behind "nhà" or a title: no name follows."""

_STOP_WORDS = """
qua sang lại sáng chiều tối trưa mai cũng cả đủ góp hái làm thật ra vì do tại tất số lô cầm bằng
lúc nãy mặt trước sau đợt sót kí ký tạ yến lạng gùi cõng bắt trồng khoảng độ chừng hơn đứng ship
gom tạm vay mượn thiếu nốt trăm chục nửa đồng thế
"""
STOP = FIRST_STOP | frozenset(_STOP_WORDS.split())
"""Behind the first word of a name: the name is over."""

_MAY_BE_NAMES_WORDS = """
dua may mai con cu va no co ha de ly my do cho cha chu lu sang sua tra say thao vang lo nhan viet
tuong
"""
MAY_BE_NAMES = frozenset(_MAY_BE_NAMES_WORDS.split())
"""Folded stop words that are also names (Dua, Máy, Dợ): names behind "nhà" and a title."""
