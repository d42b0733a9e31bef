#include "app/window_program.h"

#include "app/command_line/commands.h"
#include "app/command_line/data_directory.h"
#include "app/command_line/printing.h"
#include "app/command_line/termination.h"
#include "app/dialogs/window_dialogs.h"
#include "app/log_output.h"
#include "app/main_window.h"
#include "app/settings.h"
#include "app/translator.h"
#include "app/widgets/focus_ring.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QIcon>

#include <QTimer>

using namespace Qt::StringLiterals;

namespace app {
namespace {

/// Qt would abort without a word about what to do.
bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

QStringList absolutePaths(const std::vector<std::string> &files)
{
    QStringList paths;
    for (const std::string &file : files)
        paths.append(QFileInfo(QString::fromStdString(file)).absoluteFilePath());
    return paths;
}

int show(QApplication &application, const WindowCommand &command)
{
    const QDir directory(QString::fromStdString(dataDirectory(command.engine.data)));
    directory.mkpath(
        u"."_s); // a directory that cannot be made is said by the engine, in the window
    writeLogs(directory.filePath(u"window.log"_s));
    Settings settings(directory.filePath(u"window.ini"_s));
    installTranslations(application, settings.language());
    const FocusRing ring;
    WindowDialogs dialogs;
    const QString flows = command.engine.flows.empty()
                              ? directory.filePath(u"flows"_s)
                              : QString::fromStdString(command.engine.flows);
    MainWindow window({settings, dialogs, command.engine, flows, directory.filePath(u"unsaved"_s)});
    window.show();
    // No question at a SIGTERM: unsaved work is in its recovery copy.
    const Termination termination([] { QCoreApplication::exit(Done); });
    // The window is painted first; flows and engine come in the next rounds of the event loop.
    QTimer::singleShot(0, &window, [&] {
        window.documents().openSession(absolutePaths(command.files));
        window.openEngine();
    });
    return QApplication::exec();
}

} // namespace

int runWindow(const WindowCommand &command, std::span<char *> arguments)
{
    if (!hasDisplay()) {
        printError("there is no display for a window; 'signalbox serve' runs without one");
        return Refused;
    }
    int count = static_cast<int>(arguments.size());
    QApplication application(count, arguments.data());
    QApplication::setApplicationDisplayName(u"Signalbox"_s);
    QApplication::setDesktopFileName(u"signalbox"_s);
    QApplication::setWindowIcon(QIcon(u":/signalbox.svg"_s));
    return show(application, command);
}

} // namespace app
