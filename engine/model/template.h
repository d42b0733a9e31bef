#pragma once

#include "engine/base/json_text.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace engine {

/// JavaScript without its leading `=`.
struct Expression {
    std::string source;

    bool operator==(const Expression &) const = default;
};

/// A JSON value in a flow file in which every string that begins with `=` is an expression
/// (`==` is a literal `=`). Filling it in is joining `pieces`: JSON text as it is, expressions by
/// the JSON of their value. Keys of objects are always literal.
struct Template {
    JsonText written;                                     ///< as in the file
    std::vector<std::variant<std::string, Expression>> pieces; ///< a lone Expression is the whole value

    bool operator==(const Template &other) const { return written == other.written; }
};

/// Splits `written` into its pieces; cannot fail.
Template templateFrom(JsonText written);
/// The same, but the member `source` of the object is a program's text, never an expression; one `=` at
/// its start is dropped (`code` of a script).
Template templateFrom(JsonText written, std::string_view source);
/// Whether it holds no expression, so that it is the same each time.
bool isConstant(const Template &value);

} // namespace engine
