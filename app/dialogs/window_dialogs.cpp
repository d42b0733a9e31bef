#include "app/dialogs/window_dialogs.h"

#include "app/dialogs/question_dialog.h"
#include "app/widgets/theme.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace app {
namespace {

const QString suffix = u".flow.json"_s;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(app::WindowDialogs)
};

void openDialog(QFileDialog *dialog, std::function<void(QString)> answered)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilter(Words::tr("Flows (*.flow.json);;All files (*)"));
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog,
        [answered = std::move(answered)](const QString &path) { answered(path); });
    dialog->open();
}

} // namespace

void WindowDialogs::openFile(
    QWidget *parent, const QString &folder, std::function<void(QString)> answered)
{
    auto *dialog = new QFileDialog(parent, Words::tr("Open a flow"), folder);
    dialog->setFileMode(QFileDialog::ExistingFile);
    openDialog(dialog, std::move(answered));
}

void WindowDialogs::saveFile(
    QWidget *parent, const QString &proposed, std::function<void(QString)> answered)
{
    auto *dialog = new QFileDialog(parent, Words::tr("Save the flow"), QFileInfo(proposed).path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(proposed).fileName());
    openDialog(dialog, [answered = std::move(answered)](const QString &path) {
        answered(path.endsWith(suffix) ? path : path + suffix);
    });
}

void WindowDialogs::askUnsaved(
    QWidget *parent, const QString &flow, std::function<void(UnsavedAnswer)> answered)
{
    auto *dialog = new QuestionDialog(Words::tr("Save %1?").arg(flow),
        Words::tr("It has changes that are not in its file yet."), parent);
    dialog->addButton(
        Words::tr("Discard"), "danger", [answered] { answered(UnsavedAnswer::Discard); });
    dialog->addButton(Words::tr("Cancel"), "", [answered] { answered(UnsavedAnswer::Cancel); });
    dialog->addButton(Words::tr("Save"), "primary", [answered] { answered(UnsavedAnswer::Save); });
    QObject::connect(
        dialog, &QDialog::rejected, dialog, [answered] { answered(UnsavedAnswer::Cancel); });
    dialog->open();
}

void WindowDialogs::askGrant(QWidget *parent, const QString &flow, const QStringList &demands,
    std::function<void(bool)> answered)
{
    auto *dialog = new QuestionDialog(Words::tr("May %1 do this?").arg(flow),
        Words::tr(
            "The flow reaches out of Signalbox. It is asked once, and again when the flow asks "
            "for more."),
        parent);
    auto *list = new QLabel(demands.join(u'\n'));
    list->setFont(font(Type::Mono));
    list->setContentsMargins(12, 8, 12, 8);
    list->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setSurface(list, "inset");
    dialog->addBody(list);
    dialog->addButton(Words::tr("Not now"), "", [answered] { answered(false); });
    dialog->addButton(Words::tr("Allow"), "primary", [answered] { answered(true); });
    QObject::connect(dialog, &QDialog::rejected, dialog, [answered] { answered(false); });
    dialog->open();
}

void WindowDialogs::showProblem(QWidget *parent, const QString &what, const QString &why)
{
    auto *dialog = new QuestionDialog(what, why, parent);
    dialog->addButton(Words::tr("Close"), "primary", [] {});
    dialog->open();
}

} // namespace app
