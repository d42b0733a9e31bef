#include "engine/model/time_mends.h"

#include "engine/base/calendar.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace engine {
namespace {

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }

std::string upperCase(std::string_view text)
{
    std::string upper(text);
    for (char &letter : upper)
        if (letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
    return upper;
}

std::optional<std::string> ifDuration(std::string text)
{
    return durationFromText(text) ? std::optional(std::move(text)) : std::nullopt;
}

/// `P30S` lacks its T, `PT3D` has one too many.
std::optional<std::string> withRightT(const std::string &text)
{
    if (!text.starts_with('P'))
        return {};
    if (text.starts_with("PT"))
        return ifDuration("P" + text.substr(2));
    return ifDuration("PT" + text.substr(1));
}

/// `5 minutes`, `30s`, `2d`; `m` alone is minutes, as in most programs.
std::optional<std::string> fromWords(const std::string &text)
{
    using Unit = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Unit, 22> units{
        {{"S", "S"}, {"SEC", "S"}, {"SECS", "S"}, {"SECOND", "S"}, {"SECONDS", "S"}, {"M", "M"},
            {"MIN", "M"}, {"MINS", "M"}, {"MINUTE", "M"}, {"MINUTES", "M"}, {"H", "H"}, {"HR", "H"},
            {"HOUR", "H"}, {"HOURS", "H"}, {"D", "D"}, {"DAY", "D"}, {"DAYS", "D"}, {"W", "W"},
            {"WEEK", "W"}, {"WEEKS", "W"}, {"MONTH", "MO"}, {"MONTHS", "MO"}}};
    const auto end = std::ranges::find_if_not(text, isDigit);
    const std::string number(text.begin(), end);
    std::string word(end, text.end());
    std::erase(word, ' ');
    const auto unit = std::ranges::find(units, word, &Unit::first);
    if (number.empty() || unit == units.end())
        return {};
    if (unit->second == "MO")
        return ifDuration("P" + number + "M");
    const bool isTime = unit->second == "S" || unit->second == "M" || unit->second == "H";
    return ifDuration((isTime ? "PT" : "P") + number + std::string(unit->second));
}

/// `00:05:00`, hours first.
std::optional<std::string> fromClock(std::string_view text)
{
    std::vector<int> parts{0};
    for (const char letter : text) {
        if (letter == ':')
            parts.push_back(0);
        else if (!isDigit(letter) || parts.back() > 9999)
            return {};
        else
            parts.back() = parts.back() * 10 + (letter - '0');
    }
    if (parts.size() != 3)
        return {};
    const Milliseconds length{((parts[0] * 60LL + parts[1]) * 60 + parts[2]) * 1000};
    return toText(Duration{0, length});
}

} // namespace

std::optional<std::string> meantDuration(std::string_view text)
{
    std::string upper = upperCase(text);
    const auto first = upper.find_first_not_of(' ');
    if (first == std::string::npos || upper.size() > 100)
        return {};
    upper = upper.substr(first, upper.find_last_not_of(' ') - first + 1);
    for (const auto &meant :
        {ifDuration(upper), withRightT(upper), fromWords(upper), fromClock(upper)})
        if (meant)
            return meant;
    return {};
}

std::optional<std::string> meantInstant(std::string_view text)
{
    std::string whole(text);
    if (whole.size() > 10 && whole[10] == ' ')
        whole[10] = 'T';
    for (const char *rest : {"", "Z", ":00Z", "T00:00:00Z"})
        if (instantFromText(whole + rest))
            return whole + rest;
    return {};
}

std::optional<Mend> mendOfDuration(std::string pointer, std::string_view text)
{
    const auto meant = meantDuration(text);
    return meant ? std::optional(replaceByText(std::move(pointer), *meant)) : std::nullopt;
}

std::optional<Mend> mendOfInstant(std::string pointer, std::string_view text)
{
    const auto meant = meantInstant(text);
    return meant ? std::optional(replaceByText(std::move(pointer), *meant)) : std::nullopt;
}

} // namespace engine
