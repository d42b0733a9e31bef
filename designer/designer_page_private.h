#pragma once

#include "app/widgets/banner.h"
#include "designer/canvas/flow_canvas.h"
#include "designer/canvas_bar.h"
#include "designer/designer_page.h"
#include "designer/document/flow_file.h"
#include "designer/document/recovery_copy.h"
#include "designer/document/selection_clipboard.h"
#include "designer/panels/append_menu.h"
#include "designer/panels/palette_panel.h"
#include "designer/panels/problems_panel.h"
#include "designer/panels/properties_panel.h"
#include "designer/tools/place_tool.h"
#include "designer/tools/select_tool.h"
#include "designer/workbench.h"

#include <QPointer>
#include <QTimer>

#include <vector>

namespace designer {

/// What a page is made of, and what happens between its parts: document → canvas and panels, canvas
/// → inspector, edits → check and recovery copy.
class DesignerPage::Private
{
public:
    Private(DesignerPage &owner, const DesignerSurroundings &given);

    void take(OpenedFlow opened, const QString &path);
    /// What an earlier run could not save, on top of the file.
    void restore(const UnsavedWork &kept);
    void reload();
    void deploy(bool thenStart);
    void showDraft();
    void zoomBy(double factor);
    QByteArray text() const { return QByteArray::fromStdString(document.text()); }

    DesignerPage &page;
    DesignerSurroundings surroundings;
    FlowDocument document;
    FlowFile file;
    RecoveryCopy recovery;
    FlowCanvas *canvas;
    CanvasBar *bar;
    app::Banner *banner;
    ToolSurroundings tools;
    SelectTool select;
    PlaceTool place;
    QPointer<PalettePanel> palette; ///< the window may own and delete the panels
    QPointer<PropertiesPanel> inspector;
    QPointer<ProblemsPanel> problemsPanel;
    AppendMenu *appendMenu;
    std::vector<engine::Problem> problems;
    int deployedVersion = 0;
    int deployedIndex = 0; ///< of the undo stack, when it was deployed

private:
    /// What was sent to be deployed.
    struct Asked {
        std::string text;
        int index = 0; ///< of the undo stack
        bool thenStart = false;
    };

    void layOut();
    void connectDocument();
    void connectPanels();
    void settle();
    void check();
    /// `text`: of the flow that has them.
    void showProblems(std::vector<engine::Problem> found, std::string text);
    void mend(const engine::Problem &problem);
    void followSelection();
    void sayOutsideChange();
    void openAppendMenu(const std::optional<engine::Transition> &way, QPointF at);
    void deployAnswered(const Workbench::Deployed &answer, const Asked &asked);
    QString nameOf(const engine::StepId &step) const;

    engine::StepId m_renamedSelection; ///< the selected step under its new id, until all is written
    QString m_title;
    std::string m_problemsText; ///< the flow that `problems` are of
    QTimer m_checkSoon;
};

} // namespace designer
