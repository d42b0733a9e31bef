#include "engine/history/correlation_key.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>

namespace engine {
namespace {

/// Whole numbers digit by digit, all others as the shortest that reads as the same.
std::string numberText(const std::string &written)
{
    constexpr double exact = 9'007'199'254'740'992.0; // 2^53: from here on whole numbers have gaps
    if (written.find_first_of(".eE") == std::string::npos)
        return written == "-0" ? "0" : written;
    const nlohmann::json value = nlohmann::json::parse(written, nullptr, false);
    const double number = value.is_number() ? value.get<double>() : 0.0;
    if (std::trunc(number) == number && std::abs(number) < exact)
        return std::to_string(static_cast<std::int64_t>(number));
    return value.dump();
}

} // namespace

std::optional<std::string> keyFrom(const JsonText &value)
{
    const std::string &text = value.text();
    std::string key;
    if (text == "true" || text == "false")
        key = text;
    else if (text.front() == '"')
        key = value.tree().get<std::string>();
    else if (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'))
        key = numberText(text);
    if (key.empty() || key.size() > longestKey)
        return {};
    return key;
}

std::string whyNoKey(const JsonText &value)
{
    constexpr std::size_t shown = 60;
    const std::string &text = value.text();
    return "a key is a text, a number or true or false, of 1 to " + std::to_string(longestKey) +
           " bytes, and this is " +
           (text.size() > shown ? std::to_string(text.size()) + " bytes of JSON" : text);
}

} // namespace engine
