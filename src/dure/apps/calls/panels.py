"""What calls bring to the lists of all apps: letters to their people."""

from dure.apps.calls.permissions import may_run
from dure.apps.calls.views.letters import begin_for_list
from dure.foundation.ui.letters import offer_letters

offer_letters(may_run, begin_for_list)
