"""triage: decides a ticket's priority, and says why.

for       the priority by the policy's rules and the stated facts, the coverage by the account, the targets by its plan
consumes  TicketOpened, TicketReplied, StatusChanged to closed (tickets); accounts and policies, which may come late
emits     PriorityAssigned
owns      assessments: the facts, the policy's version and the result of each, so that any can be worked out again
"""
