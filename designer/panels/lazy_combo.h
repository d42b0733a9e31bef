#pragma once

#include "app/widgets/theme.h"

#include <QComboBox>
#include <QString>

#include <functional>
#include <vector>

namespace designer {

/// One entry of a LazyCombo.
struct ComboOption {
    QString value;
    QString text;
    QString icon; ///< name of an icon, or empty
    app::Color ink = app::Color::Text2;
};

using ComboOptions = std::function<std::vector<ComboOption>()>;

/// A combo box that asks for its options only when somebody wants to choose, so that a flow of
/// thousands of steps fills no lists that nobody opens.
class LazyCombo : public QComboBox
{
    Q_OBJECT

public:
    explicit LazyCombo(ComboOptions options, QWidget *parent = nullptr);

    /// Shows `option` without asking for the others; does not emit chosen().
    void show(const ComboOption &option);
    /// The value of the chosen option, or what was typed.
    QString value() const;
    void showPopup() override;

signals:
    /// The user chose or typed this value.
    void chosen(const QString &value);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void add(const ComboOption &option);

    ComboOptions m_options;
    ComboOption m_shown;
};

} // namespace designer
