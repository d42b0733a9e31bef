#pragma once

#include "engine/base/error.h"

#include <QString>

class QSqlError;

namespace engine {

/// A refusal of SQLite as an Error: what happened to which file, and what to do (semantics 11.4).
Error sqliteError(int code, const QString &text, const QString &file);
Error sqliteError(const QSqlError &error, const QString &file);

} // namespace engine
