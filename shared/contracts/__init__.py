"""What Upheld promises to those outside, made from the code: JSON Schemas, AsyncAPI, OpenAPI, and the page with them.

- The event classes, the topics, the services' cards and their routes are the source; nothing here is said twice.
- All of it is pure: a service makes its own documents when it is asked for them, the repository keeps all of them.
"""
