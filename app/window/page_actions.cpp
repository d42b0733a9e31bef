#include "app/window/page_actions.h"

#include "app/actions.h"
#include "app/window/documents.h"

#include <QUndoStack>

#include <utility>

using designer::DesignerPage;

namespace app {
namespace {

void showUndoTexts(Actions &actions, const Documents &documents)
{
    DesignerPage *page = documents.current();
    const QUndoStack *stack = page ? &page->document().undoStack() : nullptr;
    const QString undo = stack ? stack->undoText() : QString();
    const QString redo = stack ? stack->redoText() : QString();
    actions.undo->setEnabled(stack && stack->canUndo());
    actions.redo->setEnabled(stack && stack->canRedo());
    //: %1 is what was done: "move Await payment".
    actions.undo->setText(
        undo.isEmpty() ? Actions::tr("&Undo") : Actions::tr("&Undo: %1").arg(undo));
    actions.redo->setText(
        redo.isEmpty() ? Actions::tr("&Redo") : Actions::tr("&Redo: %1").arg(redo));
}

} // namespace

void connectPageActions(Actions &actions, Documents &documents)
{
    const auto on = [&documents](QAction *action, auto does) {
        QObject::connect(action, &QAction::triggered, &documents, [&documents, does] {
            if (DesignerPage *page = documents.current())
                does(*page);
        });
    };
    on(actions.save, [&documents](DesignerPage &page) { documents.save(&page); });
    on(actions.saveAs, [&documents](DesignerPage &page) { documents.saveAs(&page); });
    const std::pair<QAction *, void (DesignerPage::*)()> calls[]{
        {actions.undo, &DesignerPage::undo}, {actions.redo, &DesignerPage::redo},
        {actions.cut, &DesignerPage::cut}, {actions.copy, &DesignerPage::copy},
        {actions.paste, &DesignerPage::paste}, {actions.duplicate, &DesignerPage::duplicate},
        {actions.selectAll, &DesignerPage::selectAll},
        {actions.remove, &DesignerPage::removeSelected},
        {actions.rename, &DesignerPage::renameSelected}, {actions.append, &DesignerPage::append},
        {actions.zoomIn, &DesignerPage::zoomIn}, {actions.zoomOut, &DesignerPage::zoomOut},
        {actions.zoomReset, &DesignerPage::zoomReset}, {actions.fit, &DesignerPage::fit},
        {actions.deploy, &DesignerPage::deploy}, {actions.run, &DesignerPage::run},
        {actions.nextProblem, &DesignerPage::nextProblem}};
    for (const auto &[action, call] : calls)
        on(action, [call = call](DesignerPage &page) { (page.*call)(); });

    const auto showTexts = [&actions, &documents] { showUndoTexts(actions, documents); };
    QObject::connect(&documents, &Documents::currentChanged, &actions, showTexts);
    QObject::connect(
        &documents, &Documents::pageAdded, &actions, [&actions, showTexts](DesignerPage *page) {
            const QUndoStack *stack = &page->document().undoStack();
            QObject::connect(stack, &QUndoStack::indexChanged, &actions, showTexts);
            QObject::connect(stack, &QUndoStack::undoTextChanged, &actions, showTexts);
            QObject::connect(stack, &QUndoStack::redoTextChanged, &actions, showTexts);
        });
    showTexts();
}

} // namespace app
