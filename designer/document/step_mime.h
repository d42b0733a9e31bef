#pragma once

#include <QString>

namespace designer {

/// What a drag of a step from the palette carries: the kind, for FlowDocument::addStep().
inline const QString stepKindMime = QStringLiteral("application/x-signalbox-step-kind");

} // namespace designer
