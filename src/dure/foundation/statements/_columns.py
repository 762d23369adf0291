"""The columns of card, bank, tax-invoice and RCMS files, by the names that these use.

Where files have several columns for one thing (the day of use and of approval, the note and the
name of the payee), each is a column here and `FIRST` says which comes first.
"""

from dure.foundation.sheets import Column

CARD = (
    Column("on", "사용일자", "Date used", aliases=("이용일자", "이용일", "이용일시", "사용일시", "사용일", "거래일자", "거래일", "거래일시")),
    Column("approved_on", "승인일자", "Date approved", aliases=("승인일", "승인일시")),
    Column("time", "사용시각", "Time", aliases=("이용시간", "이용시각", "승인시간", "승인시각", "거래시간", "거래시각")),
    Column("payee", "가맹점명", "Merchant", True, ("이용가맹점", "이용하신곳", "이용하신 가맹점", "가맹점", "가맹점명(국문)", "이용처", "사용처")),
    Column("amount", "사용금액", "Amount", aliases=("이용금액", "거래금액", "합계금액", "이용총액", "총금액")),
    Column("approved_amount", "승인금액", "Amount approved"),
    Column("booked_amount", "매출금액", "Amount booked", aliases=("매입금액", "금액")),
    Column("vat", "부가세", "VAT", aliases=("부가가치세", "세액", "부가세액")),
    Column("business_number", "가맹점사업자번호", "Business number", aliases=("사업자등록번호", "가맹점사업자등록번호", "사업자번호", "가맹점 사업자 번호")),
    Column("number", "승인번호", "Approval number", aliases=("카드승인번호",)),
    Column("shop", "가맹점업종", "Kind of shop", aliases=("업종", "업종명", "가맹점업종명")),
    Column("cancelled", "취소여부", "Cancelled", aliases=("취소구분", "승인취소여부", "승인취소구분")),
    Column("state", "승인구분", "Kind of approval", aliases=("매입승인구분", "거래구분", "매출구분", "상태", "승인상태")),
    Column("project", "과제번호", "Project number", aliases=("연구개발과제번호", "연구과제번호", "협약과제번호")),
)  # fmt: skip
BANK = (
    Column("on", "거래일시", "Date", aliases=("거래일자", "거래일", "일자", "거래날짜", "날짜")),
    Column("time", "거래시각", "Time", aliases=("거래시간", "시간")),
    Column("amount", "출금액", "Paid out", True, ("출금금액", "출금", "찾으신금액", "지급금액", "지급액")),
    Column("paid_in", "입금액", "Paid in", aliases=("입금금액", "입금", "맡기신금액")),
    Column("payee", "받는분", "Payee", aliases=("보낸분/받는분", "의뢰인/수취인", "의뢰인/수취인명", "수취인", "수취인명", "통장표시")),
    Column("holder", "상대계좌예금주명", "Account holder", aliases=("예금주", "상대예금주", "예금주명")),
    Column("content", "거래내용", "Content", aliases=("기재내용", "내용", "거래기록사항", "기록사항")),
    Column("note", "적요", "Note", aliases=("거래적요",)),
    Column("what", "메모", "Memo", aliases=("송금메모", "거래메모", "이체메모", "비고", "용도")),
    Column("number", "거래번호", "Transaction number", aliases=("거래고유번호", "전문번호")),
)  # fmt: skip
INVOICE = (
    Column("on", "작성일자", "Date written", True, ("작성일", "작성년월일")),
    Column("number", "승인번호", "Approval number", aliases=("국세청승인번호",)),
    Column("business_number", "공급자사업자등록번호", "Supplier's business number", aliases=("공급자등록번호", "공급자사업자번호", "사업자등록번호")),
    Column("payee", "상호", "Supplier", aliases=("공급자상호", "상호(공급자)", "공급자", "공급자명", "거래처")),
    Column("amount", "합계금액", "Total", aliases=("합계", "총금액")),
    Column("supply", "공급가액", "Net amount"),
    Column("vat", "세액", "VAT", aliases=("부가세", "부가가치세")),
    Column("what", "품목명", "Item", aliases=("품목", "품명")),
    Column("cancelled", "수정사유", "Reason of correction", aliases=("수정코드",)),
    Column("state", "전자세금계산서분류", "Kind of invoice", aliases=("분류",)),
)  # fmt: skip
# The list of uses of RCMS (실시간통합연구비관리시스템); only it says 비목. Names as its screens have them.
RCMS = (
    Column("on", "사용일자", "Date used", aliases=("사용일자/매입일자", "사용일", "집행일자", "집행일", "거래일자", "매입일자")),
    Column("executed_on", "사용실행일자", "Date paid", aliases=("실행일자", "이체일자")),
    Column("entered_on", "사용등록일자", "Date entered", aliases=("등록일자",)),
    Column("line", "비목", "Budget line", True, ("비목명",)),
    Column("item", "세목", "Item", aliases=("세목명",)),
    Column("detail", "세세목", "Detail", aliases=("세세목명",)),
    Column("payee", "거래처명", "Payee", aliases=("거래처", "사용처", "가맹점명", "공급자", "공급자명")),
    Column("holder", "수취인", "Account holder", aliases=("수취인/매입번호", "수취인명", "예금주", "예금주명")),
    Column("business_number", "사업자등록번호", "Business number", aliases=("사업자번호", "거래처사업자번호", "거래처 사업자등록번호")),
    Column("amount", "합계금액", "Total", aliases=("합계", "사용금액", "집행금액", "총금액", "등록금액", "금액")),
    Column("booked_amount", "이체금액", "Amount paid", aliases=("이체금액/매입합계", "매입합계")),
    Column("supply", "공급가액", "Net amount", aliases=("공급금액",)),
    Column("vat", "부가세", "VAT", aliases=("부가가치세", "부가가치세액", "부가세액", "세액")),
    Column("means", "결제수단", "Paid by", aliases=("결제구분", "지급방법", "사용구분")),
    Column("evidence", "증빙구분", "Kind of evidence", aliases=("증빙유형", "증빙종류")),
    Column("cash", "현금현물구분", "Cash or in kind", aliases=("현금/현물", "현금·현물", "재원구분")),
    Column("number", "승인번호", "Approval number", aliases=("국세청승인번호", "카드승인번호")),
    Column("use_number", "사용등록번호", "Number of the use", aliases=("집행번호", "매입번호", "거래번호")),
    Column("what", "적요", "What for", aliases=("지급용도", "사용목적", "사용내용", "용도", "품목", "품목명")),
    Column("state", "집행상태", "State", aliases=("처리상태", "진행상태", "사용상태", "상태")),
    Column("project", "과제번호", "Project number", aliases=("연구개발과제번호", "연구과제번호", "협약과제번호")),
)  # fmt: skip
KINDS = {"rcms": RCMS, "invoice": INVOICE, "card": CARD, "bank": BANK}
FIRST = {
    "on": ("on", "approved_on", "executed_on", "entered_on"),
    "amount": ("amount", "approved_amount", "booked_amount", "supply"),
    "number": ("number", "use_number"),
    "payee": ("payee", "holder", "content", "note"),
    "what": ("what", "note", "content"),
    "cancelled": ("cancelled", "state"),
}
# How an RCMS list says what something was paid by and shown with: the first word that the cells hold.
MEANS = {"현물": "in_kind", "카드": "project_card", "이체": "transfer", "계산서": "transfer"}
EVIDENCE = {
    "계산서": "e_tax_invoice",
    "카드": "card_slip",
    "급여": "payroll",
    "이체": "transfer_slip",
    "현물": "in_kind_certificate",
}
VOID = "취소|반려|삭제|실패|반납|거절"
WAITING = "대기|예정|요청|신청|임시|미승인|(?:등록|작성)중?$"
