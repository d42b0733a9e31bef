#pragma once

#include "engine/base/calendar.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace designer {

/// `3 d`, `12 h 30 min`, `1.5 h`, `2 weeks` or ISO 8601; nothing if it is neither. Units are those
/// of English and, where they differ, of the language on screen.
std::optional<engine::Duration> durationFromWords(QStringView words);
/// The words for a duration that durationFromWords() reads back as the same; else its ISO form.
QString durationInWords(const engine::Duration &duration);

} // namespace designer
