/* A stable-ABI extension for Python 3.11 and later: fold("HAFEN") is "hafen", by the rules of libunistring of Debian 12.
   The few declarations of Python's limited API that it uses are written out, so that no headers are needed. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct _object PyObject;
typedef struct { const char *name; PyObject *(*meth)(PyObject *, PyObject *); int flags; const char *doc; } PyMethodDef;
typedef struct { ptrdiff_t refcount; void *type; PyObject *(*init)(void); ptrdiff_t index; PyObject *copy; } ModuleBase;
typedef struct {
  ModuleBase base; const char *name, *doc; ptrdiff_t size; PyMethodDef *methods;
  void *slots, *traverse, *clear, *free;
} PyModuleDef;
extern PyObject *PyModule_Create2(PyModuleDef *, int);
extern PyObject *PyUnicode_FromStringAndSize(const char *, ptrdiff_t);
extern const char *PyUnicode_AsUTF8AndSize(PyObject *, ptrdiff_t *);
extern PyObject *PyErr_NoMemory(void);

extern uint8_t *u8_casefold(const uint8_t *, size_t, const char *, const void *, uint8_t *, size_t *);

static PyObject *fold(PyObject *self, PyObject *text) {
  (void)self;
  ptrdiff_t size;
  const char *bytes = PyUnicode_AsUTF8AndSize(text, &size);
  if (!bytes) return NULL;
  size_t length;
  uint8_t *folded = u8_casefold((const uint8_t *)bytes, size, NULL, NULL, NULL, &length);
  if (!folded) return PyErr_NoMemory();
  PyObject *answer = PyUnicode_FromStringAndSize((const char *)folded, length);
  free(folded);
  return answer;
}

static PyMethodDef methods[] = {{"fold", fold, 8 /* METH_O */, "Text as it compares without regard to case."}, {0}};
static PyModuleDef module = {.base = {1, 0, 0, 0, 0}, .name = "shanty", .size = -1, .methods = methods};

PyObject *PyInit_shanty(void) { return PyModule_Create2(&module, 3); }
