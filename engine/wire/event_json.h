#pragma once

#include "engine/history/audit_entry.h"
#include "engine/history/correlation.h"
#include "engine/history/explanation.h"
#include "engine/history/undelivered_event.h"

#include <string>

namespace engine {

/// Why an event did or did not match, in /api/v1 (semantics 2.9). `event` is null for one that is
/// yet to come.
std::string toJsonText(const EventVerdict &verdict);
/// An entry of the audit log; what does not apply is null.
std::string toJsonText(const AuditEntry &entry);
/// An entry of the log of undelivered events.
std::string toJsonText(const UndeliveredEvent &event);

/// `{"reached", "started", "keptUntil", "undelivered", "duplicate"}`: whom an event reached that names no instance.
std::string toJsonText(const CorrelationAnswer &answer, bool duplicate);
/// One that is kept under its keys.
std::string toJsonText(const CorrelatedEvent &event);

} // namespace engine
