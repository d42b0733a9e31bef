#pragma once

#include "app/engine_room.h"

#include <QStringList>

class QApplication;

namespace app {

/// What the command line says about the window.
struct WindowOptions {
    EngineRoomOptions engine; ///< directory empty: the user's own, `$XDG_DATA_HOME/signalbox`
    QStringList files;        ///< to open besides those of the last session
};

/// Opens the window and runs until it is closed; the status for main(). Settings, flows and unsaved
/// work live in the data directory.
int runWindow(QApplication &application, WindowOptions options);

} // namespace app
