"""Who sees which data products and transfers."""

from django.db.models import Q, QuerySet

from dure.apps.dataproducts.models import DataProduct, DataVersion, Transfer
from dure.apps.dataproducts.stages import OPEN, ProductStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_managed_by, roles_of


def products_visible_to(user: Reader) -> QuerySet[DataProduct]:
    """What is offered, for members; one's own always. The newest first."""
    roles = roles_of(user)
    seen = Q(seller__in=roles.organisations) | Q(versions__transfers__buyer__in=roles.organisations)
    if roles.is_member:
        seen |= Q(stage=ProductStage.OFFERED)
    products = DataProduct.objects.filter(pk__in=DataProduct.objects.filter(seen).values("pk"))
    return products.select_related("seller").order_by("-created_at", "-pk")


def narrowed(products: QuerySet[DataProduct], words: str) -> QuerySet[DataProduct]:
    """Those of `products` that have `words` in title, description or the name of the seller."""
    if not words:
        return products
    return products.filter(
        Q(title__icontains=words)
        | Q(description__icontains=words)
        | Q(seller__name__icontains=words)
    )


def versions_of(product: DataProduct) -> QuerySet[DataVersion]:
    """The versions of a product with their files, the newest first; ask for the reader's right before."""
    return product.versions.prefetch_related("files").order_by("-number")


def versions_in(products: QuerySet[DataProduct]) -> QuerySet[DataVersion]:
    """The versions of some products."""
    return DataVersion.objects.filter(product__in=products.order_by()).select_related(
        "product__seller"
    )


def transfers_visible_to(user: Reader) -> QuerySet[Transfer]:
    """Transfers of one's own organisations, on either side; no role opens what others agreed on."""
    own = roles_of(user).organisations
    transfers = Transfer.objects.filter(Q(buyer__in=own) | Q(version__product__seller__in=own))
    transfers = transfers.select_related("buyer", "version__product__seller")
    return transfers.order_by("-created_at", "-pk")


def open_transfers(version: DataVersion, buyer: Organisation) -> QuerySet[Transfer]:
    """What `buyer` has under way of a version."""
    return Transfer.objects.filter(version=version, buyer=buyer, stage__in=OPEN)


def organisations_to_sign_for(user: Reader) -> QuerySet[Organisation]:
    """The verified organisations that `user` manages."""
    return organisations_managed_by(user).filter(verified_at__isnull=False)
