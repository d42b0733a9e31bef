#pragma once

#include "engine/base/json_scan.h"
#include "engine/base/json_text.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

/// A JSON value that keeps the order of its members and the spelling of its numbers and strings:
/// what a flow file is written from.
struct OrderedJson {
    using Member = std::pair<std::string, OrderedJson>;

    JsonKind kind = JsonKind::Null;
    std::string scalar = "null"; ///< the text of what is no array or object
    std::vector<Member> members; ///< of an object; of an array, with empty keys
    bool block = false;          ///< always a line a member, however short

    bool operator==(const OrderedJson &) const = default;
};

OrderedJson orderedObject();
OrderedJson orderedArray();
OrderedJson orderedString(std::string_view value);
OrderedJson orderedNumber(std::string text);
/// `null` if `text` is no JSON.
OrderedJson orderedJson(std::string_view text);

/// How a file is indented.
struct JsonStyle {
    std::string newline = "\n";
    std::string unit = "  ";
};

/// `value` in one line where it fits into 100 columns after `column`, else a line a member.
/// `indent` is what stands before the line that it begins in.
std::string printed(const OrderedJson &value, const JsonStyle &style,
    const std::string &indent = {}, std::size_t column = 0);

constexpr std::size_t widestLine = 100;

} // namespace engine
