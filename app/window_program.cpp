#include "app/window_program.h"

#include "app/dialogs/window_dialogs.h"
#include "app/log_output.h"
#include "app/main_window.h"
#include "app/settings.h"
#include "app/translator.h"
#include "app/widgets/focus_ring.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString usersDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/signalbox"_s;
}

} // namespace

int runWindow(QApplication &application, WindowOptions options)
{
    if (options.engine.directory.isEmpty())
        options.engine.directory = usersDirectory();
    const QDir directory(options.engine.directory);
    directory.mkpath(u"."_s);
    writeLogs(directory.filePath(u"window.log"_s));
    QApplication::setApplicationDisplayName(u"Signalbox"_s);
    QApplication::setDesktopFileName(u"signalbox"_s);
    QApplication::setWindowIcon(QIcon(u":/signalbox.svg"_s));
    Settings settings(directory.filePath(u"window.ini"_s));
    installTranslations(application, settings.language());
    const FocusRing ring;
    WindowDialogs dialogs;
    MainWindow window({settings, dialogs, options.engine, directory.filePath(u"flows"_s),
        directory.filePath(u"unsaved"_s)});
    window.show();
    // The window is painted first; flows and engine come in the next rounds of the event loop.
    QTimer::singleShot(0, &window, [&] {
        window.documents().openSession(options.files);
        QTimer::singleShot(0, &window, [&] { window.openEngine(); });
    });
    return QApplication::exec();
}

} // namespace app
