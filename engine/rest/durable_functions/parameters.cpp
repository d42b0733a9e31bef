#include "engine/rest/durable_functions/parameters.h"

#include "engine/base/calendar.h"
#include "engine/rest/rest_message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace engine {

namespace {

struct StatusRow {
    std::string_view name;
    std::optional<InstanceStatus> status; ///< nothing: known, but nobody rests in it
};

/// The order is that of the numbers.
constexpr std::array<StatusRow, 8> statusRows{{
    {"Running", InstanceStatus::Running},
    {"Completed", InstanceStatus::Completed},
    {"ContinuedAsNew", std::nullopt},
    {"Failed", InstanceStatus::Failed},
    {"Canceled", std::nullopt},
    {"Terminated", InstanceStatus::Terminated},
    {"Pending", InstanceStatus::Pending},
    {"Suspended", InstanceStatus::Suspended},
}};

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<int> numberOf(std::string_view text)
{
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size())
        return {};
    return number;
}

const StatusRow *rowOf(std::string_view word)
{
    if (const auto number = numberOf(word))
        return *number >= 0 && *number < static_cast<int>(statusRows.size())
                   ? &statusRows.at(static_cast<std::size_t>(*number))
                   : nullptr;
    const auto found = std::ranges::find(statusRows, word, &StatusRow::name);
    return found == statusRows.end() ? nullptr : &*found;
}

/// Also a date alone, and a time without zone, which is UTC.
std::optional<Instant> lenientInstant(const std::string &written)
{
    std::string text = written;
    if (const auto space = text.find(' '); space == 10)
        text[space] = 'T';
    for (const std::string ending : {"", "Z", ":00Z", "T00:00:00Z"})
        if (const auto instant = instantFromText(text + ending))
            return *instant;
    return {};
}

} // namespace

bool durableFlag(const UrlQuery &query, std::string_view name, bool otherwise)
{
    const std::string text = query.value(name);
    if (sameText(text, "true"))
        return true;
    return sameText(text, "false") ? false : otherwise;
}

std::optional<int> durableNumber(const UrlQuery &query, std::string_view name)
{
    return numberOf(query.value(name));
}

std::optional<std::chrono::milliseconds> durableSeconds(
    const UrlQuery &query, std::string_view name)
{
    constexpr double longest = 1e9; // what a clock can add to a time without harm
    const std::string text = query.value(name);
    double seconds = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(seconds))
        return {};
    return std::chrono::milliseconds(
        std::llround(std::clamp(seconds, -longest, longest) * 1000));
}

DurableFilter durableFilter(const UrlQuery &query)
{
    DurableFilter result;
    result.filter.createdFrom = lenientInstant(query.value("createdTimeFrom"));
    result.filter.createdTo = lenientInstant(query.value("createdTimeTo"));
    result.filter.idPrefix = query.value("instanceIdPrefix");
    const std::string wanted = query.value("runtimeStatus");
    bool known = false;
    for (std::string_view rest = wanted; !rest.empty();) {
        const std::string_view word = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        const StatusRow *row = rowOf(trimmed(word));
        known = known || row;
        if (row && row->status)
            result.filter.statuses.push_back(*row->status);
    }
    result.matchesNothing = known && result.filter.statuses.empty();
    return result;
}

} // namespace engine
