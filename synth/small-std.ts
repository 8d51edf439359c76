/**
 * The part of the C++ standard library that CXXRTL's runtime names, in 100 lines.
 *
 * It is there for time only: of the 6 s that clang took for the smallest design, it read the real headers (streams,
 * maps, strings) for 4, and a simulation uses none of them. What runs here is complete: number traits, pairs,
 * `unique_ptr`, and `vector` for the queue of memory writes. What is only named, in code that prints or lists
 * signals, is declared and has no body: a design that needed it would not link.
 */

const text = `#pragma once
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

inline void *operator new(size_t, void *at) noexcept { return at; }

namespace std {
using ::size_t;

// Types.
template<bool B> struct bool_constant { static constexpr bool value = B; };
template<class T> struct is_integral : bool_constant<__is_integral(T)> {};
template<class T> struct is_signed : bool_constant<__is_signed(T)> {};
template<class T> struct is_unsigned : bool_constant<__is_unsigned(T)> {};
template<class T> struct is_standard_layout : bool_constant<__is_standard_layout(T)> {};
template<bool B, class T = void> struct enable_if {};
template<class T> struct enable_if<true, T> { typedef T type; };
template<class T> struct remove_reference { typedef T type; };
template<class T> struct remove_reference<T &> { typedef T type; };
template<class T> struct remove_reference<T &&> { typedef T type; };
template<class T> struct make_unsigned { typedef __make_unsigned(T) type; };
template<class T> constexpr typename remove_reference<T>::type &&move(T &&value) {
  return static_cast<typename remove_reference<T>::type &&>(value);
}
template<class T> constexpr T &&forward(typename remove_reference<T>::type &value) {
  return static_cast<T &&>(value);
}
template<class T> struct numeric_limits {
  static constexpr bool is_integer = __is_integral(T), is_signed = __is_signed(T);
  static constexpr int digits = 8 * sizeof(T) - is_signed;
  static constexpr T max() { return T(~uint64_t(0) >> (64 - digits)); }
};

// Pairs and ranges.
template<class A, class B> struct pair { A first; B second; };
template<class A, class B> pair<A, B> make_pair(const A &a, const B &b) { return { a, b }; }
struct ignored { template<class T> const ignored &operator=(const T &) const { return *this; } };
static constexpr ignored ignore{};
template<class A, class B> struct references {
  A &a; B &b;
  template<class C, class D> void operator=(const pair<C, D> &values) { a = values.first; b = values.second; }
};
template<class A, class B> references<A, B> tie(A &a, B &b) { return { a, b }; }
template<class T, size_t N> constexpr T *begin(T (&items)[N]) { return items; }
template<class T, size_t N> constexpr T *end(T (&items)[N]) { return items + N; }
template<class T> constexpr const T &max(const T &a, const T &b) { return a < b ? b : a; }
template<class I, class O> O copy(I from, I end, O to) {
  for (; from != end; ++from, ++to) *to = *from;
  return to;
}
template<class I, class T, class Less> I upper_bound(I from, I end, const T &value, Less less) {
  while (from != end && !less(value, *from)) ++from;
  return from;
}
template<class I> void reverse(I, I);
template<class I, class Less> void sort(I, I, Less);

// Memory.
template<class T> struct unique_ptr {
  T *at = nullptr;
  unique_ptr() {}
  explicit unique_ptr(T *at) : at(at) {}
  unique_ptr(unique_ptr &&other) : at(other.at) { other.at = nullptr; }
  unique_ptr &operator=(unique_ptr &&other) { T *old = at; at = other.at; other.at = old; return *this; }
  ~unique_ptr() { delete at; }
  T *get() const { return at; }
  T *operator->() const { return at; }
};
template<class T> struct unique_ptr<T[]> {
  T *at = nullptr;
  explicit unique_ptr(T *at) : at(at) {}
  unique_ptr(unique_ptr &&other) : at(other.at) { other.at = nullptr; }
  unique_ptr &operator=(unique_ptr &&other) { T *old = at; at = other.at; other.at = old; return *this; }
  ~unique_ptr() { delete[] at; }
  T &operator[](size_t i) const { return at[i]; }
  explicit operator bool() const { return at != nullptr; }
};
template<class T> struct vector {
  T *items = nullptr;
  size_t count = 0, room = 0;
  vector() {}
  vector(const vector &) = delete;
  vector(vector &&other) { *this = move(other); }
  vector &operator=(vector &&other) {
    T *old = items;
    items = other.items; count = other.count; room = other.room;
    other.items = old; other.count = other.room = 0;
    return *this;
  }
  ~vector() { ::operator delete(items); }
  T *begin() { return items; }
  T *end() { return items + count; }
  const T *begin() const { return items; }
  const T *end() const { return items + count; }
  size_t size() const { return count; }
  const T &at(size_t i) const { return items[i]; }
  void clear() { count = 0; }
  void emplace_back(const T &value) { insert(end(), value); }
  T *insert(T *at, T value) {
    size_t place = at - items;
    if (count == room) {
      room = 2 * room + 4;
      T *larger = static_cast<T *>(::operator new(room * sizeof(T)));
      for (size_t i = 0; i < count; i++) new (larger + i) T(items[i]);
      ::operator delete(items);
      items = larger;
    }
    for (size_t i = count++; i > place; i--) new (items + i) T(items[i - 1]);
    return new (items + place) T(value);
  }
};

// Only named.
struct string {
  static constexpr size_t npos = -1;
  string(const char * = "");
  string(char);
  string(size_t, char);
  string(const string &);
  ~string();
  string &operator=(const string &);
  string &operator+=(const string &);
  string &append(const string &);
  char operator[](size_t) const;
  bool operator<(const string &) const;
  char *begin();
  char *end();
  bool empty() const;
  size_t size() const;
  size_t find(const char *) const;
  void clear();
  void reserve(size_t);
};
string operator+(const string &, const char *);
template<class T> string to_string(T);
template<class K, class V> struct map {
  map();
  map(const map &);
  ~map();
  V &operator[](const K &);
  const V &at(const K &) const;
  size_t count(const K &) const;
  template<class... A> void emplace(const K &, A...);
  void insert(const pair<K, V> &);
  pair<K, V> *begin();
  pair<K, V> *end();
};
template<class F> struct function {};
struct ios { static constexpr int right = 0; };
static constexpr int hex = 0;
struct ostream {
  template<class T> ostream &operator<<(const T &);
  int flags(int);
  int width(int);
  int fill(int);
};
struct stringstream : ostream { string str() const; };
extern ostream cout, cerr;
}
`;

/** The headers that the runtime includes. */
const headers = [
  ...['algorithm', 'cassert', 'cstddef', 'cstdint', 'cstring', 'functional', 'iostream', 'limits', 'map'],
  ...['memory', 'sstream', 'tuple', 'type_traits', 'vector'],
];

/** Files by path, below a folder that is searched before the library's own. */
export const smallStd: Readonly<Record<string, string>> = {
  'small-std.h': text,
  ...Object.fromEntries(headers.map(name => [name, '#include <small-std.h>\n'])),
};
