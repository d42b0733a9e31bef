#include "engine/runtime/due_time.h"

#include "engine/base/calendar.h"
#include "engine/base/cron.h"
#include "engine/base/zone.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace engine {
namespace {

/// The characters of a JSON string.
std::optional<std::string> textOf(const JsonText &written)
{
    if (written.text().front() != '"')
        return {};
    return written.tree().get<std::string>();
}

Failure cannotBeDue(std::string message)
{
    return {.type = "ExpressionError", .message = std::move(message), .retriable = false};
}

} // namespace

std::variant<Instant, Failure> dueTime(const JsonText &written, Instant now, std::string_view field)
{
    if (const auto text = textOf(written)) {
        if (const auto duration = durationFromText(*text))
            return now + *duration;
        if (const auto date = instantFromText(*text))
            return *date;
    }
    return cannotBeDue("'" + std::string(field) + "' is " + written.text().substr(0, 100) +
                       "; it must be a duration like \"PT30S\" or a date like "
                       "\"2026-01-31T08:00:00Z\"");
}

std::variant<Instant, Failure> dateIn(const JsonText &written, Instant now, const std::string &zone)
{
    const auto text = zone.empty() ? std::nullopt : textOf(written);
    const auto local = text ? localTimeFromText(*text) : Result<LocalTime>(Error{});
    if (!local)
        return dueTime(written, now, "at");
    const auto found = Zone::named(zone);
    if (!found)
        return cannotBeDue("'zone': " + found.error().message);
    return found->instantOf(*local);
}

std::variant<Instant, Failure> cronTime(
    const JsonText &written, Instant now, const std::string &zone)
{
    const auto text = textOf(written);
    const auto cron = cronFromText(text ? *text : written.text().substr(0, 100));
    if (!cron)
        return cannotBeDue("'cron': " + cron.error().message);
    const auto found = Zone::named(zone);
    if (!found)
        return cannotBeDue("'zone': " + found.error().message);
    const auto next = nextTime(*cron, now, *found);
    if (!next)
        return cannotBeDue("'cron' is " + written.text() + ", which is never due");
    return *next;
}

} // namespace engine
