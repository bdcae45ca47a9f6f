"""notifier: tells the people concerned (SLA B.2).

For: every StatusChanged that carries a status becomes one message to each person concerned, with the SLA's four
     contents, by e-mail or webhook, in order per ticket and destination; alarms go to the policy's support contact.
Consumes: StatusChanged; AccountChanged, PolicyPublished, AccessChanged (kept).
Emits: NotificationSent, when a channel accepted a message or it was given up.
Owns: notices (what is told), deliveries (to whom, and how far), waits (what nobody could be told yet).
"""
