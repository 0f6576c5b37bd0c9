package desktop

import (
	"context"
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"
)

// Tray is a program's icon in the tray, as the panel sees it on the session bus.
type Tray struct {
	d    *Desktop
	name string // of the program on the bus
}

// Item is an entry of a tray menu.
type Item struct {
	ID        int32
	Label     string
	Separator bool
	Enabled   bool
	Items     []Item // of its submenu
}

// Tray waits for the icon of the process with this id.
func (d *Desktop) Tray(ctx context.Context, pid int) (*Tray, error) {
	t := &Tray{d: d}
	prefix := fmt.Sprintf("org.kde.StatusNotifierItem-%d-", pid)
	err := Until(ctx, func() (bool, error) {
		var names []string
		err := d.bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListNames", 0).Store(&names)
		for _, name := range names {
			if strings.HasPrefix(name, prefix) {
				t.name = name
			}
		}
		return t.name != "", err
	})
	if err != nil {
		return nil, fmt.Errorf("no icon in the tray: %w", err)
	}
	return t, nil
}

// layout is a menu entry as com.canonical.dbusmenu sends it.
type layout struct {
	ID         int32
	Properties map[string]dbus.Variant
	Children   []dbus.Variant
}

func (t *Tray) menu() dbus.BusObject {
	return t.d.bus.Object(t.name, "/StatusNotifierItem/menu")
}

// Menu gives the visible entries of the icon's menu, from the top.
func (t *Tray) Menu(ctx context.Context) ([]Item, error) {
	var revision uint32
	var root layout
	call := t.menu().CallWithContext(ctx, "com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(-1), []string{})
	if err := call.Store(&revision, &root); err != nil {
		return nil, fmt.Errorf("read the tray menu: %w", err)
	}
	return items(root.Children)
}

func items(children []dbus.Variant) ([]Item, error) {
	var all []Item
	for _, child := range children {
		var l layout
		if err := child.Store(&l); err != nil {
			return nil, fmt.Errorf("read an entry of the tray menu: %w", err)
		}
		if visible, ok := l.Properties["visible"].Value().(bool); ok && !visible {
			continue
		}
		below, err := items(l.Children)
		if err != nil {
			return nil, err
		}
		item := Item{ID: l.ID, Enabled: true, Items: below}
		item.Label, _ = l.Properties["label"].Value().(string)
		if kind, ok := l.Properties["type"].Value().(string); ok {
			item.Separator = kind == "separator"
		}
		if enabled, ok := l.Properties["enabled"].Value().(bool); ok {
			item.Enabled = enabled
		}
		all = append(all, item)
	}
	return all, nil
}

// Labels gives the menu as text, a label a line, submenus indented, for messages
// of tests.
func Labels(items []Item) string {
	var text strings.Builder
	for _, item := range items {
		label := item.Label
		if item.Separator {
			label = "-"
		}
		text.WriteString(label + "\n")
		if len(item.Items) > 0 {
			text.WriteString("  " + strings.ReplaceAll(strings.TrimSuffix(Labels(item.Items), "\n"), "\n", "\n  ") + "\n")
		}
	}
	return text.String()
}

// Click chooses the entry with this label, or, with several labels, one in a
// submenu. It waits until it is there: ids change whenever the menu is rebuilt,
// so each is looked up by its label.
func (t *Tray) Click(ctx context.Context, labels ...string) error {
	var seen []Item
	err := Until(ctx, func() (bool, error) {
		all, err := t.Menu(ctx)
		if err != nil {
			return false, err
		}
		seen = all
		item, ok := find(all, labels)
		if !ok || !item.Enabled {
			return false, nil
		}
		call := t.menu().CallWithContext(ctx, "com.canonical.dbusmenu.Event", 0, item.ID, "clicked", dbus.MakeVariant(""), uint32(0))
		return true, call.Err
	})
	if err != nil {
		return fmt.Errorf("choose %q in the tray menu: %w; the menu is:\n%s", labels, err, Labels(seen))
	}
	return nil
}

func find(items []Item, labels []string) (Item, bool) {
	for _, item := range items {
		if item.Label != labels[0] {
			continue
		}
		if len(labels) == 1 {
			return item, true
		}
		return find(item.Items, labels[1:])
	}
	return Item{}, false
}
