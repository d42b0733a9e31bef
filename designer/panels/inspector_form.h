#pragma once

#include "app/widgets/theme.h"
#include "designer/panels/lazy_combo.h"
#include "engine/model/problem.h"

#include <QUndoStack>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QBoxLayout;
class QVBoxLayout;

namespace app {
class Field;
}

namespace designer {

class FlowDocument;

/// What an input of the form stands for. Reads and writes go to the document at once; nothing is
/// kept in the form but what is wrong and therefore not written.
struct Binding {
    std::string name; ///< of the control, and its JSON pointer below the form's
    QString label;
    std::function<QString()> read;
    /// What is wrong with the text, as one sentence; empty: it was written.
    std::function<QString(const QString &)> write;
    QString hint;                   ///< below the field
    QString placeholder;            ///< in the empty field
    bool code = false;              ///< in the fixed font
    std::function<QString()> aside; ///< what follows from the text, at its right end
    std::function<QString()> below; ///< instead of `hint`, where it follows from the value
    /// JSON pointers below the form's, where they are not the name but follow from the value.
    std::function<std::vector<std::string>()> pointers;
};

/// One page of the inspector: rows of fields under section heads, each bound to the document. Undo
/// keys go to the document even while a field has the focus.
class InspectorForm : public QWidget
{
    Q_OBJECT

public:
    /// `pointer`: JSON pointer of what is shown, for the problems.
    InspectorForm(FlowDocument &document, std::string pointer, QWidget *parent = nullptr);

    /// A head, with a hairline above unless it is the first.
    void section(
        const QString &title, const QString &icon = {}, app::Color ink = app::Color::Text2);
    void text(const Binding &binding);
    void lines(const Binding &binding, int lineCount);
    /// Chooses among `options`; what is shown for the present value is `shown`.
    void combo(const Binding &binding, const ComboOptions &options,
        const std::function<ComboOption()> &shown);
    /// Chooses among `options` or takes what is typed.
    void editableCombo(const Binding &binding, const ComboOptions &options);
    void segments(const std::string &name, const std::vector<QString> &texts,
        const std::function<int()> &read, const std::function<void(int)> &write);
    /// A link, and a small cross, that do something once.
    void link(const std::string &name, const QString &text, const std::function<void()> &chosen);
    void cross(
        const std::string &name, const QString &toolTip, const std::function<void()> &chosen);
    void sentence(const QString &text);
    void widget(QWidget *widget);
    /// What `fill` adds stands side by side; `shares` are the widths of its fields to one another.
    void row(const std::function<void()> &fill, const std::vector<int> &shares = {});
    void finish();

    /// Reads everything again; what is equal stays untouched, cursor and selection too.
    void refresh();
    void setProblems(const std::vector<engine::Problem> &problems);
    /// Takes undo and redo away from an input; whether the event was one of them.
    bool handleUndoKey(QEvent *event);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row {
        app::Field *field = nullptr; ///< nullptr: no sentence
        std::function<std::vector<std::string>()> pointers; ///< of what it is about
        std::function<QString()> read;
        std::function<void(const QString &)> show;
        std::function<void()> showAside;
        std::function<QString()> hint;
        std::optional<QString> shown; ///< as read last: only another value is shown anew
        QString fault;                ///< of what is typed and not written
        QString problem;              ///< of what is written
        bool isTyping = false;        ///< what is being written comes from here
        bool isShowing = false;       ///< what changes in the control comes from refresh()
    };

    Row &addField(const Binding &binding, QWidget *control);
    void listen(QWidget *control, const std::string &name);
    void place(QWidget *widget);
    void typed(Row &row, const Binding &binding, const QString &text);
    void refresh(Row &row);
    void showSentence(const Row &row);
    Row *rowOf(const engine::Problem &problem) const;

    FlowDocument &m_document;
    std::string m_pointer;
    QVBoxLayout *m_column;
    QBoxLayout *m_row = nullptr; ///< the open row(), or nullptr
    std::vector<std::unique_ptr<Row>> m_rows;
    bool m_hasSection = false;
};

} // namespace designer
