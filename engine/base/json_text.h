#pragma once

#include "engine/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// What a JSON text from outside may be (http-api C4, semantics 11.7).
struct JsonLimits {
    std::size_t bytes = 1024 * 1024;
    int depth = 64;
};

/// A JSON value as text that has been checked: valid UTF-8, well-formed, within its limits. Payloads
/// travel and are stored as this; a tree is built only where somebody looks inside. Default: `null`.
class JsonText
{
public:
    JsonText() = default;

    /// Checks `text` strictly (RFC 8259, one value, surrounding white space dropped).
    /// InvalidArgument with line and column, TooLarge over the limits.
    static Result<JsonText> parse(std::string_view text, const JsonLimits &limits = {});
    /// For text that we wrote or checked ourselves before.
    static JsonText trusted(std::string text);
    /// The text of a tree. A tree deeper than the limit cannot come from parse().
    static JsonText of(const nlohmann::json &tree);
    /// The JSON string that holds `value`; invalid UTF-8 is replaced.
    static JsonText ofString(std::string_view value);
    /// The JSON list of such strings.
    static JsonText ofStrings(const std::vector<std::string> &values);

    const std::string &text() const { return m_text; }
    bool isNull() const { return m_text == "null"; }
    nlohmann::json tree() const;

    bool operator==(const JsonText &) const = default;

private:
    explicit JsonText(std::string text) : m_text(std::move(text)) {}

    std::string m_text = "null";
};

} // namespace engine
