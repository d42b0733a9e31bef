#pragma once

#include "app/widgets/theme.h"

#include <QString>

#include <vector>

namespace designer {

/// A step that can be added, as palette and append menu show it.
struct PaletteEntry {
    QString kind;  ///< for FlowDocument::addStep()
    QString group; ///< in the language on screen, as `text`
    QString text;
    QString icon;
    app::Color ink = app::Color::Text2;
    QString hint; ///< one sentence
};

/// Everything that this version runs, group by group.
std::vector<PaletteEntry> paletteEntries();
/// Those whose name, group or kind holds what is `typed`; the best match first.
std::vector<PaletteEntry> matching(const QString &typed);

} // namespace designer
