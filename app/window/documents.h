#pragma once

#include "designer/designer_page.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <vector>

class QMenu;

namespace app {

class Dialogs;
class FlowShelf;
class Settings;
class TabGroup;

/// The open flows: new, open, save, close, and the question about unsaved work. One page a tab.
/// Main thread; the parts outlive it.
class Documents : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        TabGroup &tabs;
        Dialogs &dialogs;
        Settings &settings;
        FlowShelf &shelf;
        designer::DesignerSurroundings surroundings;
        QWidget *window; ///< of the questions
    };

    explicit Documents(const Parts &parts, QObject *parent = nullptr);

    /// The page in front, or the one that was last in front while something else is; nullptr: none.
    designer::DesignerPage *current() const { return m_current; }
    void newFlow();
    /// A flow that has no file yet.
    void openText(const QString &name, const QByteArray &text);
    /// Shows the file's tab if it is open already.
    void openFile(const QString &path);
    void askAndOpen();
    /// Asks for a name where there is none. `done` is told whether it is saved now.
    void save(designer::DesignerPage *page, std::function<void(bool saved)> done = {});
    void saveAs(designer::DesignerPage *page, std::function<void(bool saved)> done = {});
    /// Asks what to do with unsaved work first.
    void close(designer::DesignerPage *page);
    bool hasUnsaved() const;
    /// The window goes: nobody listens to the pages any more.
    void letGo();
    /// Asks for every page; `closable` is called if nobody chose Cancel. Closes none.
    void askAll(std::function<void()> closable);
    /// Opens the files of the last session, on the first start a sample, and then `more`.
    void openSession(const QStringList &more);
    /// Remembers which files are open.
    void keepSession();
    void fillRecent(QMenu &menu);

signals:
    void currentChanged(designer::DesignerPage *page);
    void pageAdded(designer::DesignerPage *page);
    void said(const QString &sentence);

private:
    designer::DesignerPage *addPage();
    designer::DesignerPage *pageOf(const QString &path) const;
    void follow(QWidget *front);
    void remove(designer::DesignerPage *page);
    void askNext(std::vector<designer::DesignerPage *> pages, std::function<void()> closable);
    void askUnsaved(designer::DesignerPage *page, std::function<void()> goOn);
    void keepName(designer::DesignerPage *page);
    QStringList files() const;

    Parts m_parts;
    std::vector<designer::DesignerPage *> m_pages;
    designer::DesignerPage *m_current = nullptr;
    int m_untitled = 0;
};

} // namespace app
