#include "engine/runtime/due_time.h"

#include "engine/base/calendar.h"

#include <nlohmann/json.hpp>

namespace engine {

std::variant<Instant, Failure> dueTime(const JsonText &written, Instant now, std::string_view field)
{
    if (written.text().front() == '"') {
        const std::string text = written.tree().get<std::string>();
        if (const auto duration = durationFromText(text))
            return now + *duration;
        if (const auto date = instantFromText(text))
            return *date;
    }
    return Failure{.type = "ExpressionError",
        .message = "'" + std::string(field) + "' is " + written.text().substr(0, 100) +
                   "; it must be a duration like \"PT30S\" or a date like \"2026-01-31T08:00:00Z\"",
        .retriable = false};
}

} // namespace engine
