"""A policy that uses everything the form knows, to be changed in one place by a test."""
# ruff: noqa: E501 (it is read by line)

FORM = """\
policy: sample
version: "7"
effective: 2026-01-01T00:00:00+01:00
document: {title: Sample levels, url: "https://sample.example/sla", clauses: {A: plans, B.3.P1: urgent, B.3.P3: the rest, B.5.f: carriers}}
support: {phone: "+1 555 0100", documentation: https://docs.example, plans: https://plans.example, contact: duty@sample.example, escalation: [{after: PT15M, to: boss@sample.example}]}
services: [{key: voice, name: Voice, components: [Voice API], carrier_components: [Carrier X]}]
priorities: [{key: P1, clause: B.3.P1}, {key: P3, clause: B.3.P3}]
rules:
  - {id: not-production, when: {environment: [staging, development]}, priority: P3, clause: B.3.P3, final: true}
  - {id: over, when: {ongoing: [false]}, priority: P3, clause: B.3.P3}
  - {id: outage, when: {environment: [production], impact: [outage]}, priority: P1, clause: B.3.P1}
  - {id: everything-else, priority: P3, clause: B.3.P3}
ask_for: [environment, impact]
exclusions: [{key: f, clause: B.5.f, name: carrier}]
calendars:
  always: {always: true}
  office: {zone: Europe/Berlin, week: {mon-thu: ["08:00-12:00", "13:00-17:00"], fri: ["08:00-14:00"], sat: ["20:00-24:00"]}, holidays: {country: DE, subdivision: BE, add: [2026-12-24], drop: []}}
plans:
  gold:
    targets:
      P1:
        notification: {target: PT15M, calendar: always}
        first_response: {target: PT1H, calendar: always}
        update: {every: PT2H, calendar: always}
        first_resolution: {target: PT4H, calendar: office}
        total_resolution: none
      P3: none
    pauses: {awaiting customer: [first_resolution, total_resolution], maintenance: [update], exclusion: [first_resolution]}
    warnings: {first_resolution: ["50%", "PT30M"]}
    response_met_by: initial
    closed_counts: true
material: {targets: any, calendars: fewer-hours}
"""
