#include "engine/base/calendar.h"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace engine {
namespace {

using Days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

constexpr Instant lastInstant{
    std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + Days{1} - Milliseconds{1}};
constexpr Instant firstInstant{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
constexpr int longestMonths = 9999 * 12;
constexpr Milliseconds longestRest = Days{366 * 9999LL};

Error badDuration(std::string_view text)
{
    return {ErrorCode::InvalidArgument,
        "'" + std::string(text) +
            "' is no ISO 8601 duration: write PT30S, PT5M, P3D or P1M, for example"};
}

Error badInstant(std::string_view text)
{
    return {ErrorCode::InvalidArgument,
        "'" + std::string(text) +
            "' is no RFC 3339 date and time: write 2026-01-31T08:00:00Z, for example"};
}

/// Takes what it reads from the front of a text.
class Cursor
{
public:
    explicit Cursor(std::string_view text)
        : m_rest(text)
    {}

    bool done() const { return m_rest.empty(); }
    char front() const { return m_rest.empty() ? '\0' : m_rest.front(); }

    bool take(char letter)
    {
        if (front() != letter)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    /// All digits there are, with their number; nothing if there is none.
    std::string_view digits()
    {
        std::size_t length = 0;
        while (length < m_rest.size() && m_rest[length] >= '0' && m_rest[length] <= '9')
            ++length;
        const std::string_view found = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        return found;
    }

    /// A number of exactly `length` digits.
    std::optional<int> number(std::size_t length)
    {
        Cursor ahead(m_rest.substr(0, length));
        const std::string_view found = ahead.digits();
        if (found.size() != length)
            return {};
        m_rest.remove_prefix(length);
        int value = 0;
        for (const char digit : found)
            value = value * 10 + (digit - '0');
        return value;
    }

private:
    std::string_view m_rest;
};

std::int64_t valueOf(std::string_view digits)
{
    std::int64_t value = 0;
    for (const char digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

/// `unit` times 0.`decimals`, cut to milliseconds.
Milliseconds fractionOf(Milliseconds unit, std::string_view decimals)
{
    const std::string_view kept = decimals.substr(0, 9);
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < kept.size(); ++i)
        scale *= 10;
    return Milliseconds{unit.count() * valueOf(kept) / scale};
}

struct Unit {
    char letter;
    bool ofTime; ///< after the T
    int months;  ///< or
    Milliseconds rest;
};

constexpr std::array<Unit, 7> units{{{'Y', false, 12, {}}, {'M', false, 1, {}},
    {'W', false, 0, Days{7}}, {'D', false, 0, Days{1}}, {'H', true, 0, std::chrono::hours{1}},
    {'M', true, 0, std::chrono::minutes{1}}, {'S', true, 0, std::chrono::seconds{1}}}};

/// One part of a duration, `3D`, added to `sum`. Units come in their order and once; only the last
/// part may have decimals.
class DurationParts
{
public:
    explicit DurationParts(std::string_view text)
        : m_cursor(text)
    {}

    std::optional<Duration> read()
    {
        if (!m_cursor.take('P') || m_cursor.done())
            return {};
        while (!m_cursor.done()) {
            if (m_cursor.take('T')) {
                if (m_inTime || m_cursor.done())
                    return {};
                m_inTime = true;
            }
            if (!part())
                return {};
        }
        return m_sum;
    }

private:
    bool part()
    {
        const std::string_view whole = m_cursor.digits();
        if (whole.empty() || whole.size() > 15)
            return false;
        std::string_view decimals;
        const bool pointed = m_cursor.take('.') || m_cursor.take(',');
        if (pointed && (decimals = m_cursor.digits()).empty())
            return false;
        for (; m_unit < units.size(); ++m_unit) {
            const Unit &unit = units[m_unit];
            if (unit.ofTime == m_inTime && m_cursor.take(unit.letter)) {
                ++m_unit;
                return (!pointed || (unit.months == 0 && m_cursor.done())) &&
                       add(unit, valueOf(whole), decimals);
            }
        }
        return false;
    }

    bool add(const Unit &unit, std::int64_t count, std::string_view decimals)
    {
        if (unit.months > 0 && count > longestMonths / unit.months)
            return false;
        if (unit.months == 0 && count > longestRest / unit.rest)
            return false;
        m_sum.months += unit.months * static_cast<int>(count);
        m_sum.rest += unit.rest * count + fractionOf(unit.rest, decimals);
        return m_sum.months <= longestMonths && m_sum.rest <= longestRest;
    }

    Cursor m_cursor;
    Duration m_sum;
    std::size_t m_unit = 0;
    bool m_inTime = false;
};

void append(std::string &text, std::int64_t count, char letter)
{
    if (count > 0)
        text += std::to_string(count) + letter;
}

std::string padded(std::int64_t value, std::size_t width)
{
    std::string digits = std::to_string(value);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::optional<date::sys_days> dateFrom(Cursor &cursor)
{
    const auto year = cursor.number(4);
    const bool first = cursor.take('-');
    const auto month = cursor.number(2);
    const bool second = cursor.take('-');
    const auto day = cursor.number(2);
    if (!year || !first || !month || !second || !day)
        return {};
    const auto date = date::year{*year} / date::month{static_cast<unsigned>(*month)} /
                      date::day{static_cast<unsigned>(*day)};
    return date.ok() ? std::optional<date::sys_days>(date) : std::nullopt;
}

/// `hh:mm`.
std::optional<std::chrono::minutes> hoursAndMinutes(Cursor &cursor)
{
    const auto hour = cursor.number(2);
    const bool colon = cursor.take(':');
    const auto minute = cursor.number(2);
    if (!hour || !colon || !minute || *hour > 23 || *minute > 59)
        return {};
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute};
}

std::optional<Milliseconds> timeFrom(Cursor &cursor)
{
    const auto minutes = hoursAndMinutes(cursor);
    const bool colon = cursor.take(':');
    const auto second = cursor.number(2);
    if (!minutes || !colon || !second || *second > 60) // 60: a leap second
        return {};
    Milliseconds time = *minutes + std::chrono::seconds{*second};
    if (cursor.take('.')) {
        const std::string_view decimals = cursor.digits();
        if (decimals.empty() || decimals.size() > 9)
            return {};
        time += fractionOf(std::chrono::seconds{1}, decimals);
    }
    return time;
}

/// How far the text's clock is ahead of UTC.
std::optional<Milliseconds> offsetFrom(Cursor &cursor)
{
    if (cursor.take('Z') || cursor.take('z'))
        return Milliseconds{0};
    const bool behind = cursor.front() == '-';
    if (!cursor.take('+') && !cursor.take('-'))
        return {};
    const auto offset = hoursAndMinutes(cursor);
    if (!offset)
        return {};
    return behind ? -*offset : *offset;
}

} // namespace

Result<Duration> durationFromText(std::string_view text)
{
    const auto duration = DurationParts(text).read();
    if (!duration)
        return badDuration(text);
    return *duration;
}

std::string toText(const Duration &duration)
{
    std::int64_t rest = std::max<std::int64_t>(duration.rest.count(), 0);
    const auto taken = [&rest](std::int64_t unit) {
        const std::int64_t count = rest / unit;
        rest %= unit;
        return count;
    };
    std::string text = "P";
    append(text, duration.months / 12, 'Y');
    append(text, duration.months % 12, 'M');
    append(text, taken(86'400'000), 'D');
    std::string time;
    append(time, taken(3'600'000), 'H');
    append(time, taken(60'000), 'M');
    if (rest % 1000 == 0) {
        append(time, rest / 1000, 'S');
    } else {
        std::string decimals = padded(rest % 1000, 3);
        decimals.erase(decimals.find_last_not_of('0') + 1);
        time += std::to_string(rest / 1000) + '.' + decimals + 'S';
    }
    if (!time.empty())
        text += 'T' + time;
    return text == "P" ? "PT0S" : text;
}

Instant operator+(Instant start, const Duration &duration)
{
    const auto day = date::floor<date::days>(start);
    const auto time = start - day;
    auto date = date::year_month_day{day} + date::months{duration.months};
    if (date.year() > date::year{9999})
        return lastInstant;
    if (!date.ok())
        date = date.year() / date.month() / date::last;
    const Instant moved = date::sys_days{date} + time;
    return duration.rest > lastInstant - moved ? lastInstant : moved + duration.rest;
}

Result<Instant> instantFromText(std::string_view text)
{
    Cursor cursor(text);
    const auto day = dateFrom(cursor);
    if (!day || !(cursor.take('T') || cursor.take('t')))
        return badInstant(text);
    const auto time = timeFrom(cursor);
    if (!time)
        return badInstant(text);
    const auto offset = offsetFrom(cursor);
    if (!offset || !cursor.done())
        return badInstant(text);
    return std::clamp(Instant{*day + *time - *offset}, firstInstant, lastInstant);
}

std::string toText(Instant instant)
{
    const Instant shown = std::clamp(instant, firstInstant, lastInstant);
    const auto day = date::floor<date::days>(shown);
    const date::year_month_day date{day};
    const date::hh_mm_ss<Milliseconds> time{shown - day};
    return padded(static_cast<int>(date.year()), 4) + '-' + padded(unsigned{date.month()}, 2) +
           '-' + padded(unsigned{date.day()}, 2) + 'T' + padded(time.hours().count(), 2) + ':' +
           padded(time.minutes().count(), 2) + ':' + padded(time.seconds().count(), 2) + '.' +
           padded(time.subseconds().count(), 3) + 'Z';
}

} // namespace engine
