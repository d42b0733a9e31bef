#pragma once

#include "engine/base/result.h"
#include "engine/model/template.h"

#include <QString>

namespace designer {

/// How a value of a flow file stands in an input field, and back.
///
/// A field of *text* shows the string as it is. A field of a *value* shows a string as it is too,
/// but with its quotes where it would else be taken for something else (`"12"`), and other JSON as
/// JSON.
QString textInField(const engine::Template &value);
QString valueInField(const engine::JsonText &value);
/// The string `text`; with a leading `=` it is an expression.
engine::Template textFromField(const QString &text);
/// JSON where `text` is JSON, else the string. InvalidArgument where it begins like JSON and is
/// none.
engine::Result<engine::Template> valueFromField(const QString &text);

} // namespace designer
