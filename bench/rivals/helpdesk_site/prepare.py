"""Migrate, and make a queue, a member of staff and its token (the first argument)."""

import sys

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from django.contrib.auth import get_user_model  # noqa: E402
from helpdesk.models import Queue  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402

user = get_user_model().objects.create_superuser("bench", "bench@bench.example", "bench")
Token.objects.create(key=sys.argv[1], user=user)
queue = Queue.objects.create(title="Voice", slug="voice")
print(f"queue {queue.pk}")
