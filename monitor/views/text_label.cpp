#include "monitor/views/text_label.h"

#include <QLabel>

namespace monitor {

QLabel *textLabel(app::Type type, const char *role)
{
    auto *made = new QLabel;
    made->setFont(app::font(type));
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (role)
        app::setRole(made, role);
    return made;
}

} // namespace monitor
