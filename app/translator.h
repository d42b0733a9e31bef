#pragma once

#include <QString>

class QCoreApplication;

namespace app {

/// Installs the translations of the program and of Qt for `language` (`de`; empty: the system's).
/// The language `pseudo` stretches and accents every text, to find what is cut or not translated.
/// Whether there is one; English needs none.
bool installTranslations(QCoreApplication &application, const QString &language);

} // namespace app
