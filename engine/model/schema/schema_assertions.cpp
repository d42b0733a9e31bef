#include "engine/model/schema/schema_assertions.h"

#include "engine/model/schema/schema_members.h"
#include "engine/model/schema/schema_values.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace engine {
namespace {

using nlohmann::json;

bool isInteger(const json &value)
{
    if (value.is_number_integer())
        return true;
    if (!value.is_number_float())
        return false;
    const double number = value.get<double>();
    return std::isfinite(number) && number == std::floor(number);
}

bool isOfType(const json &value, const std::string &type)
{
    if (type == "integer")
        return isInteger(value);
    if (type == "number")
        return value.is_number();
    return type == value.type_name(); // null, boolean, string, array, object
}

/// `digits` times ten to the power of `exponent`.
struct Decimal {
    std::uint64_t digits = 0;
    int exponent = 0;
};

/// As people write the number: 0.1 is one tenth, not the double nearest to it.
Decimal decimalOf(const json &number)
{
    std::string text = number.dump();
    Decimal decimal;
    if (const std::size_t mark = text.find('e'); mark != std::string::npos) {
        decimal.exponent = std::stoi(text.substr(mark + 1));
        text.resize(mark);
    }
    bool decimals = false;
    for (const char letter : text) {
        if (letter == '.')
            decimals = true;
        if (letter < '0' || letter > '9')
            continue;
        decimal.digits = decimal.digits * 10 + static_cast<std::uint64_t>(letter - '0');
        decimal.exponent -= decimals ? 1 : 0;
    }
    while (decimal.digits != 0 && decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        ++decimal.exponent;
    }
    return decimal;
}

/// Exact, as long as the digits of `of` leave room for one more.
bool isMultiple(const json &number, const json &of)
{
    const Decimal value = decimalOf(number);
    const Decimal step = decimalOf(of);
    constexpr std::uint64_t roomForOneMore = std::numeric_limits<std::uint64_t>::max() / 10;
    if (value.digits == 0 || step.digits == 0)
        return value.digits == 0;
    if (step.digits > roomForOneMore)
        return std::fmod(number.get<double>(), of.get<double>()) == 0;
    std::uint64_t rest = value.digits % step.digits;
    for (int i = step.exponent; i < value.exponent && rest != 0; ++i)
        rest = rest * 10 % step.digits;
    // Digits do not end in 0, so they hold no further power of ten.
    return rest == 0 && (value.exponent >= step.exponent);
}

void checkType(const json &schema, const json &value, std::vector<std::string> &faults)
{
    const auto type = schema.find("type");
    if (type == schema.end())
        return;
    const json types = type->is_array() ? *type : json::array({*type});
    std::string expected;
    for (const json &one : types) {
        if (!one.is_string() || isOfType(value, one.get<std::string>()))
            return;
        expected += (expected.empty() ? "" : " or ") + one.get<std::string>();
    }
    const std::string actual = isInteger(value) ? "integer" : value.type_name();
    faults.push_back("must be of type " + expected + ", and is of type " + actual);
}

void checkNumber(const json &schema, const json &value, std::vector<std::string> &faults)
{
    if (!value.is_number())
        return;
    const auto limit = [&](const char *keyword, const char *words, auto holds) {
        const auto found = schema.find(keyword);
        if (found != schema.end() && found->is_number() && !holds(value, *found))
            faults.push_back("must be " + std::string(words) + " " + shortText(*found) +
                             ", and is " + shortText(value));
    };
    limit("minimum", "at least",
        [](const json &a, const json &b) { return compareValues(a, b) >= 0; });
    limit("maximum", "at most",
        [](const json &a, const json &b) { return compareValues(a, b) <= 0; });
    limit("exclusiveMinimum", "more than",
        [](const json &a, const json &b) { return compareValues(a, b) > 0; });
    limit("exclusiveMaximum", "less than",
        [](const json &a, const json &b) { return compareValues(a, b) < 0; });
    limit("multipleOf", "a multiple of",
        [](const json &a, const json &b) { return b <= 0 || isMultiple(a, b); });
}

} // namespace

std::vector<std::string> assertionFaults(const json &schema, const json &value)
{
    std::vector<std::string> faults;
    checkType(schema, value, faults);
    if (const json *constant = memberOf(schema, "const");
        constant && compareValues(*constant, value) != 0)
        faults.push_back("must be " + shortText(*constant) + ", and is " + shortText(value));
    checkNumber(schema, value, faults);
    return faults;
}

std::size_t characterCount(const std::string &text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

} // namespace engine
