"""status-monitor: what state each ticket is in, what its customers are to be told, and whether promised times hold.

for       following a ticket from Initial to closed, its five clocks, and the provider's own incidents with the
          customers' tickets linked to them
consumes  TicketOpened, TicketReplied, PriorityAssigned (tickets); NotificationSent; DetectionReported; status pages
          (polled); agents' acts over HTTP; time
emits     StatusChanged; IssueReported (what a page or a monitor shows; a reply to a closed ticket)
owns      tickets' states and clocks with their ledger, links and what reached them, pages, incidents, observations,
          maintenances, detections
"""
