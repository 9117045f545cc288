import type { Drawer } from "./drawer";
import type { ShapeEditor } from "./shape-editor";
import type { ShapeKeys } from "./shape-keys";
import type { Tool } from "./tool-bar";

/** The buttons to draw, finish, duplicate and delete a shape. */
export function shapeTools(editor: ShapeEditor, drawer: Drawer, keys: ShapeKeys): readonly Tool[] {
  const { noun, most } = editor.kind;
  const disabled = editor.selected === null;
  const start = {
    name: `New ${noun}`,
    id: noun,
    icon: "add",
    text: `New ${noun}`,
    key: "N",
    act: () => keys.startNew(),
  };
  const finish = { name: "Finish", icon: "check", text: "Finish", key: "Enter", act: () => drawer.finish() };
  const copy = {
    name: "Duplicate",
    icon: "content-copy",
    key: "Control+D",
    disabled,
    act: () => editor.duplicate(),
  };
  const remove = { name: "Delete", id: "delete", icon: "delete", key: "Delete", disabled, act: () => editor.remove() };
  return drawer.active && most > 2 ? [start, finish, remove] : [start, copy, remove];
}
