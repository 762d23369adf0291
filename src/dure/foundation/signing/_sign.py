"""Adding a signature to a PDF file."""

from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError

from dure.foundation.signing._keys import signer_of


class CannotSign(ValueError):
    """The file is no PDF that can be signed."""


def sign(pdf: bytes, *, code: str, name: str, field: str, reason: str = "") -> bytes:
    """Add the signature of the organisation `code`, called `name`; earlier signatures go on to hold.

    `field` is the name of the signature in the file, each once. Raises CannotSign.
    """
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=name,
        reason=reason or None,
        subfilter=SigSeedSubFilter.PADES,
    )
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signed = PdfSigner(metadata, signer=signer_of(code, name)).sign_pdf(writer)
    except (PdfError, SigningError, ValueError) as error:
        raise CannotSign(str(error)) from error
    content: bytes = signed.getvalue()
    return content
