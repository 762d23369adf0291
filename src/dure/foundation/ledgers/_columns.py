"""The columns of expenses, projects and relations, and the headers under which they are known."""

from dure.foundation.sheets import Column

EXPENSES = (
    Column("row", "번호", "Row", True, aliases=("행", "일련번호", "순번", "집행번호", "연번", "id")),
    Column("project", "과제번호", "Project", True, aliases=("과제", "과제ID", "과제 번호")),
    Column("date", "집행일", "Date", aliases=("사용일자", "집행일자", "일자", "날짜", "이체일자", "작성일자")),
    Column("time", "시각", "Time", aliases=("사용시각", "시간", "승인시각", "사용시간")),
    Column("item", "비목", "Item", aliases=("세목", "세세목", "예산비목", "budget item")),
    Column("vendor", "거래처번호", "Vendor", aliases=("사업자등록번호", "사업자번호", "거래처 사업자등록번호")),
    Column("vendor_name", "거래처", "Vendor name", aliases=("거래처명", "가맹점명", "상호", "업체명")),
    Column("account", "계좌", "Account", aliases=("계좌번호", "입금계좌", "수취계좌")),
    Column("method", "지급방법", "Method", aliases=("결제수단", "증빙구분", "결제방법", "지급 방법")),
    Column("amount", "금액", "Amount", True, aliases=("사용금액", "집행금액", "합계금액", "집행액")),
    Column("vat", "부가세", "VAT", aliases=("세액", "부가가치세")),
    Column("purpose", "용도", "Purpose", aliases=("적요", "품목", "내역", "사용용도", "집행내용")),
    Column("evidence", "증빙번호", "Evidence", aliases=("승인번호", "증빙", "세금계산서번호")),
    Column("person", "연구원", "Person", aliases=("참여연구원", "연구원번호", "성명", "대상자")),
    Column("attendees", "참석자수", "Attendees", aliases=("참석인원", "참석자", "인원")),
    Column("in_plan", "계획여부", "In plan", aliases=("계획반영", "계획내", "계획 여부")),
    Column("correction", "수정사유", "Correction", aliases=("세금계산서 수정사유", "계산서상태", "취소사유")),
    Column("corrected_on", "수정일", "Corrected on", aliases=("수정일자", "취소일", "취소일자")),
    Column("vendor_founded", "거래처 개업일", "Vendor founded", aliases=("개업일", "개업일자", "설립일")),
    Column("vendor_closed", "거래처 폐업일", "Vendor closed", aliases=("폐업일", "폐업일자")),
    Column("vendor_phone", "거래처 전화번호", "Vendor telephone", aliases=("거래처 연락처", "거래처 전화")),
    Column("vendor_address", "거래처 주소", "Vendor address", aliases=("사업장 주소", "가맹점 주소")),
    Column("vendor_representative", "거래처 대표자", "Vendor representative", aliases=("거래처 대표",)),
    Column("percent", "인건비계상률", "Share of time", aliases=("참여율", "계상률", "인건비 계상률")),
    Column("days_present", "출근일수", "Days present", aliases=("근무일수", "출근 일수")),
    Column("left_on", "퇴사일", "Left on", aliases=("퇴직일", "퇴사일자", "퇴직일자")),
    Column("evidence_picture", "증빙사진값", "Evidence picture hash", aliases=("증빙 이미지 해시", "증빙사진 해시")),
    Column("evidence_text", "증빙내용", "Evidence text", aliases=("증빙 내용", "증빙 글")),
)  # fmt: skip
PROJECTS = (
    Column("id", "과제번호", "Project", True, aliases=("과제", "과제ID", "과제 번호", "번호")),
    Column("firm", "기업번호", "Firm", aliases=("사업자등록번호", "기업", "수행기관", "주관기관", "기업명")),
    Column("start", "시작일", "Start", aliases=("협약시작일", "개발시작일", "시작")),
    Column("end", "종료일", "End", aliases=("협약종료일", "개발종료일", "종료")),
    Column("total", "총사업비", "Total", aliases=("총연구개발비", "사업비", "총액")),
    Column("phone", "전화번호", "Telephone", aliases=("기업 전화번호", "연락처", "전화")),
    Column("address", "주소", "Address", aliases=("기업 주소", "소재지")),
    Column("representative", "대표자", "Representative", aliases=("대표자명", "기업 대표자")),
)  # fmt: skip
RELATIONS = (
    Column("firm", "기업번호", "Firm", True, aliases=("사업자등록번호", "기업", "기업명")),
    Column("vendor", "거래처번호", "Vendor", True, aliases=("거래처", "거래처 사업자등록번호")),
    Column("relation", "관계", "Relation", aliases=("관계구분", "관계유형")),
    Column("percent", "지분율", "Percent", aliases=("지분", "비율", "share percent")),
)  # fmt: skip
PLAN_WORDS = ("plan_", "계획_", "예산_", "plan ", "계획 ", "예산 ")
