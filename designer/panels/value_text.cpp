#include "designer/panels/value_text.h"

#include "designer/document/json_members.h"

#include <nlohmann/json.hpp>

namespace designer {
namespace {

/// Indented, with the members in the order of the file: what is edited goes back as it is shown.
QString indented(const engine::JsonText &value)
{
    const auto tree = nlohmann::ordered_json::parse(value.text(), nullptr, false);
    return QString::fromStdString(tree.is_discarded() ? value.text() : tree.dump(2));
}

} // namespace

QString textInField(const engine::Template &value)
{
    const auto text = textIn(value.written);
    return text ? QString::fromStdString(*text) : indented(value.written);
}

QString valueInField(const engine::JsonText &value)
{
    const auto text = textIn(value);
    if (!text)
        return indented(value);
    const QString shown = QString::fromStdString(*text);
    const auto readBack = valueFromField(shown);
    const bool same = !shown.isEmpty() && readBack && textIn(readBack->written) == text;
    return same ? shown : QString::fromStdString(value.text());
}

engine::Template textFromField(const QString &text)
{
    return engine::templateFrom(engine::JsonText::ofString(text.toStdString()));
}

engine::Result<engine::Template> valueFromField(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(u'='))
        return textFromField(trimmed);
    auto json = engine::JsonText::parse(trimmed.toStdString());
    if (json)
        return engine::templateFrom(std::move(*json));
    const bool looksLikeJson =
        trimmed.startsWith(u'{') || trimmed.startsWith(u'[') || trimmed.startsWith(u'"');
    if (looksLikeJson)
        return json.error();
    return textFromField(text);
}

} // namespace designer
