"""intake: where issues come in, and where tickets are read.

for       accepting issues and replies, once each, and showing a ticket with its whole timeline
consumes  IssueReported (issues); everything on tickets and notifications, for the view
emits     TicketOpened, TicketReplied
owns      tickets with the issue's facts, replies, the view and the timeline that customers and tools read
"""
