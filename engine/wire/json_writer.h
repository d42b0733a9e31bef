#pragma once

#include "engine/base/calendar.h"
#include "engine/base/json_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// Writes a JSON object member by member, in that order and without a tree, so that payloads keep
/// their bytes and formats their order of keys.
class JsonObjectWriter
{
public:
    JsonObjectWriter &text(std::string_view key, std::string_view value);
    /// `null` if it is empty.
    JsonObjectWriter &textOrNull(std::string_view key, std::string_view value);
    JsonObjectWriter &number(std::string_view key, std::int64_t value);
    JsonObjectWriter &boolean(std::string_view key, bool value);
    /// RFC 3339 UTC with milliseconds.
    JsonObjectWriter &time(std::string_view key, Instant value);
    JsonObjectWriter &time(std::string_view key, const std::optional<Instant> &value);
    JsonObjectWriter &value(std::string_view key, const JsonText &value);
    /// JSON that we wrote ourselves.
    JsonObjectWriter &raw(std::string_view key, std::string_view json);
    JsonObjectWriter &null(std::string_view key);

    std::string finish() &&;

private:
    std::string m_text = "{";
};

/// Writes a JSON array of values that are JSON already.
class JsonArrayWriter
{
public:
    void add(std::string_view json);
    std::string finish() &&;

private:
    std::string m_text = "[";
};

} // namespace engine
