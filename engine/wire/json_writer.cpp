#include "engine/wire/json_writer.h"

namespace engine {

JsonObjectWriter &JsonObjectWriter::raw(std::string_view key, std::string_view json)
{
    if (m_text.size() > 1)
        m_text += ',';
    m_text += '"';
    m_text += key;
    m_text += "\":";
    m_text += json;
    return *this;
}

JsonObjectWriter &JsonObjectWriter::text(std::string_view key, std::string_view value)
{
    return raw(key, JsonText::ofString(value).text());
}

JsonObjectWriter &JsonObjectWriter::textOrNull(std::string_view key, std::string_view value)
{
    return value.empty() ? null(key) : text(key, value);
}

JsonObjectWriter &JsonObjectWriter::number(std::string_view key, std::int64_t value)
{
    return raw(key, std::to_string(value));
}

JsonObjectWriter &JsonObjectWriter::boolean(std::string_view key, bool value)
{
    return raw(key, value ? "true" : "false");
}

JsonObjectWriter &JsonObjectWriter::time(std::string_view key, Instant value)
{
    return text(key, std::string_view(toText(value)));
}

JsonObjectWriter &JsonObjectWriter::time(std::string_view key, const std::optional<Instant> &value)
{
    return value ? time(key, *value) : null(key);
}

JsonObjectWriter &JsonObjectWriter::value(std::string_view key, const JsonText &value)
{
    return raw(key, value.text());
}

JsonObjectWriter &JsonObjectWriter::null(std::string_view key) { return raw(key, "null"); }

std::string JsonObjectWriter::finish() &&
{
    m_text += '}';
    return std::move(m_text);
}

void JsonArrayWriter::add(std::string_view json)
{
    if (m_text.size() > 1)
        m_text += ',';
    m_text += json;
}

std::string JsonArrayWriter::finish() &&
{
    m_text += ']';
    return std::move(m_text);
}

} // namespace engine
