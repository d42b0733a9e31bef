#include "engine/base/cron.h"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string>
#include <vector>

namespace engine {
namespace {

using Minutes = std::chrono::minutes;

constexpr Milliseconds furthest = std::chrono::hours(24 * 366 * 10);

struct Field {
    std::string_view name;
    int least = 0;
    int most = 0;
    std::span<const std::string_view> words; ///< of `least`, `least` + 1, …
};

constexpr std::array<std::string_view, 12> monthWords{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
    "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> weekdayWords{
    "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};
constexpr std::array<Field, 5> fields{{{"minute", 0, 59, {}}, {"hour", 0, 23, {}},
    {"day of the month", 1, 31, {}}, {"month", 1, 12, monthWords},
    {"day of the week", 0, 7, weekdayWords}}};

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at != std::string_view::npos;) {
        const std::size_t end = text.find(separator, at);
        parts.push_back(text.substr(at, end - at));
        at = end == std::string_view::npos ? end : end + 1;
    }
    return parts;
}

std::optional<int> numberFrom(std::string_view text)
{
    int number = 0;
    const char *end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, number);
    return !text.empty() && fault == std::errc{} && stop == end ? std::optional(number)
                                                                 : std::nullopt;
}

bool sameWord(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, {}, [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : +c; },
        [](char c) { return +c; });
}

std::optional<int> valueFrom(std::string_view text, const Field &field)
{
    for (std::size_t i = 0; i < field.words.size(); ++i)
        if (sameWord(text, field.words[i]))
            return field.least + static_cast<int>(i);
    const auto number = numberFrom(text);
    return number && *number >= field.least && *number <= field.most ? number : std::nullopt;
}

/// `*`, `5`, `MON-FRI`, `8-18/2`, `*/15`, `10/20`.
std::optional<std::vector<int>> valuesOf(std::string_view item, const Field &field)
{
    const std::size_t slash = item.find('/');
    const std::string_view range = item.substr(0, slash);
    std::optional<int> step = 1;
    if (slash != std::string_view::npos)
        step = numberFrom(item.substr(slash + 1));
    std::optional<int> first = field.least;
    std::optional<int> last = field.most;
    if (range != "*" && range != "?") {
        const std::size_t dash = range.find('-');
        first = valueFrom(range.substr(0, dash), field);
        if (dash != std::string_view::npos)
            last = valueFrom(range.substr(dash + 1), field);
        else if (slash == std::string_view::npos)
            last = first;
    }
    if (!step || *step < 1 || !first || !last || *first > *last)
        return {};
    std::vector<int> values;
    for (int value = *first; value <= *last; value += *step)
        values.push_back(value);
    return values;
}

/// The values that the text of a field names.
std::optional<std::vector<int>> listOf(std::string_view text, const Field &field)
{
    std::vector<int> all;
    for (const std::string_view item : split(text, ',')) {
        const auto values = valuesOf(item, field);
        if (!values)
            return {};
        all.insert(all.end(), values->begin(), values->end());
    }
    return all;
}

Error wrong(std::string_view text, const std::string &what)
{
    return {ErrorCode::InvalidArgument, "'" + std::string(text) + "' is no cron expression: " + what +
                                            "; write five fields such as 0 8 * * MON-FRI",
        {}};
}

bool isAny(std::string_view field) { return field.starts_with('*') || field.starts_with('?'); }

/// Times of a day as minutes, or days, of a clock on the wall.
class Search
{
public:
    Search(const Cron &cron, LocalTime from, LocalTime to)
        : m_cron(cron)
        , m_from(std::chrono::ceil<Minutes>(from.sinceEpoch))
        , m_to(to.sinceEpoch)
    {}

    /// The first matching minute from `from` on, before `to`.
    std::optional<LocalTime> first() const
    {
        auto day = std::chrono::floor<date::days>(m_from);
        for (; Minutes(day) < m_to; day += date::days(1)) {
            if (!isDay(date::local_days(day)))
                continue;
            if (const auto found = firstOn(day))
                return found;
        }
        return {};
    }

private:
    bool isDay(date::local_days day) const
    {
        const date::year_month_day date(day);
        if (!m_cron.months[unsigned(date.month())])
            return false;
        const bool byDay = m_cron.days[unsigned(date.day())];
        const bool byWeekday = m_cron.weekdays[date::weekday(day).c_encoding()];
        if (m_cron.anyDay || m_cron.anyWeekday)
            return byDay && byWeekday;
        return byDay || byWeekday;
    }

    std::optional<LocalTime> firstOn(date::days day) const
    {
        for (std::size_t hour = 0; hour < 24; ++hour) {
            if (!m_cron.hours[hour])
                continue;
            for (std::size_t minute = 0; minute < 60; ++minute) {
                const Minutes at = day + std::chrono::hours(hour) + Minutes(minute);
                if (m_cron.minutes[minute] && at >= m_from)
                    return at < m_to ? std::optional(LocalTime{at}) : std::nullopt;
            }
        }
        return {};
    }

    const Cron &m_cron;
    Minutes m_from;
    Milliseconds m_to;
};

/// From where on the clocks of the period show what they have not shown before.
LocalTime firstShown(const ZonePeriod &period, const Zone &zone)
{
    const ZonePeriod before = zone.periodAt(period.begin - Milliseconds(1));
    return std::max(period.localOf(period.begin), before.localOf(period.begin));
}

} // namespace

Result<Cron> cronFromText(std::string_view text)
{
    std::vector<std::string_view> parts = split(text, ' ');
    std::erase_if(parts, [](std::string_view part) { return part.empty(); });
    if (parts.size() != fields.size())
        return wrong(text, "it has " + std::to_string(parts.size()) + " fields, not five");
    std::array<std::vector<int>, fields.size()> values;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto list = listOf(parts[i], fields[i]);
        if (!list)
            return wrong(text, "'" + std::string(parts[i]) + "' is no " + std::string(fields[i].name));
        values[i] = *std::move(list);
    }
    Cron cron{.anyHour = isAny(parts[1]), .anyDay = isAny(parts[2]), .anyWeekday = isAny(parts[4])};
    const auto set = [](auto &bits, const std::vector<int> &numbers) {
        for (const int number : numbers)
            bits.set(static_cast<std::size_t>(number) % bits.size());
    };
    set(cron.minutes, values[0]);
    set(cron.hours, values[1]);
    set(cron.days, values[2]);
    set(cron.months, values[3]);
    set(cron.weekdays, values[4]); // 7 is Sunday too
    return cron;
}

std::optional<Instant> nextTime(const Cron &cron, Instant after, const Zone &zone)
{
    const Instant last = after + furthest;
    Instant from = std::chrono::floor<Minutes>(after) + Minutes(1);
    while (from < last) {
        const ZonePeriod period = zone.periodAt(from);
        const Instant end = std::min(period.end, last);
        LocalTime begin = period.localOf(from);
        if (!cron.anyHour)
            begin = std::max(begin, firstShown(period, zone));
        if (const auto found = Search(cron, begin, period.localOf(end)).first())
            return Instant(found->sinceEpoch - period.offset);
        // What the clocks skip now: nothing, if they are set back.
        const ZonePeriod next = zone.periodAt(end);
        if (!cron.anyHour && Search(cron, period.localOf(end), next.localOf(end)).first())
            return end;
        from = end;
    }
    return {};
}

} // namespace engine
