#pragma once

#include "designer/panels/inspector_form.h"
#include "engine/base/calendar.h"
#include "engine/base/clock.h"
#include "engine/model/template.h"

#include <QString>

#include <functional>
#include <optional>
#include <string>

namespace designer {

template<typename Value>
using Read = std::function<Value()>;
template<typename Value>
using Write = std::function<void(Value)>;

/// Name and label of a field: what every binding begins with.
struct FieldName {
    std::string name;
    QString label;
};

using MaybeTemplate = std::optional<engine::Template>;

/// Any text.
Binding plainBinding(FieldName field, Read<std::string> read, Write<std::string> write);
/// A string of the file, which may be an expression; empty is absent.
Binding textBinding(FieldName field, Read<MaybeTemplate> read, Write<MaybeTemplate> write);
/// Any value: text, JSON or an expression; empty is absent.
Binding valueBinding(FieldName field, Read<MaybeTemplate> read, Write<MaybeTemplate> write);
/// A list of texts, one a line, or any JSON; empty is absent. `OneText::Plain`: a single line is a
/// text, no list of one.
enum class OneText { List, Plain };
Binding listBinding(
    FieldName field, OneText one, Read<MaybeTemplate> read, Write<MaybeTemplate> write);
/// JSON without expressions; empty is absent.
Binding jsonBinding(FieldName field, Read<std::optional<engine::JsonText>> read,
    Write<std::optional<engine::JsonText>> write);
/// Always an expression; shown with its `=`, which may be left out.
Binding expressionBinding(FieldName field, Read<std::optional<engine::Expression>> read,
    Write<std::optional<engine::Expression>> write);
/// A duration; empty is absent.
Binding durationBinding(FieldName field, Read<std::optional<engine::Duration>> read,
    Write<std::optional<engine::Duration>> write);
/// A duration, a date, or an expression giving one; says when it would be over. Empty is absent.
Binding timeBinding(FieldName field, Read<MaybeTemplate> read, Write<MaybeTemplate> write,
    std::function<engine::Instant()> now);
/// A number from `fewest` on; empty is absent.
Binding countBinding(
    FieldName field, int fewest, Read<std::optional<int>> read, Write<std::optional<int>> write);

} // namespace designer
