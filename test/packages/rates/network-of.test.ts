import { expect, test } from "vitest";
import { RATES } from "#base/rates";
import { isLoopback, networkOf } from "#rates/network-of";
import { ratesOf } from "#rates/rates-of";
import { waitText } from "#rates/wait-text";

test("IPv4 is one address, IPv6 a /64, however either is spelt", () => {
  const same = ["2001:db8:1:2::1", "2001:0DB8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2:3:4:5.6.7.8"];
  for (const address of same) expect(networkOf(address)).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:db8:1:3::1")).toBe("2001:db8:1:3::/64");
  expect(networkOf("203.0.113.9")).toBe("203.0.113.9");
  for (const address of ["::ffff:203.0.113.9", "::FFFF:cb00:7109", "0:0:0:0:0:ffff:203.0.113.9"])
    expect(networkOf(address)).toBe("203.0.113.9");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("::")).toBe("0:0:0:0::/64");
});

test("what is no address is none", () => {
  const none =
    "|a|1.2.3|1.2.3.4.5|256.1.1.1|01.2.3.4|1::2::3|:|:::|1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|g::1|fe80::1%eth0|1.2.3.4, 5.6.7.8|12345::|1:2:3:4:5:6:7:8::";
  for (const text of none.split("|")) expect({ text, of: networkOf(text) }).toEqual({ text, of: null });
});

test("this machine's own addresses", () => {
  for (const it of ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]) expect(isLoopback(it)).toBe(true);
  for (const it of ["128.0.0.1", "::2", "10.0.0.1", "localhost", ""]) expect(isLoopback(it)).toBe(false);
});

test("an operator sets the rates that they name; of a list that is not valid nothing counts", () => {
  expect(ratesOf(undefined)).toEqual({ rates: RATES, issues: [] });
  const set = ratesOf('{"sign_up_by_address": {"max": 5}, "guest_by_app": {"max": 1, "per_ms": 1000}}');
  expect(set).toMatchObject({ issues: [] });
  expect(set.rates.sign_up_by_address).toEqual({ max: 5, per_ms: RATES.sign_up_by_address.per_ms });
  expect(set.rates.guest_by_app).toEqual({ max: 1, per_ms: 1_000 });
  const wrong = ["{", "[]", '{"sign_up": {"max": 1}}', '{"guest_by_app": {"max": 0}}', '{"guest_by_app": 5}'];
  for (const text of wrong) {
    expect(ratesOf(text).rates).toEqual(RATES);
    expect(ratesOf(text).issues.length).toBeGreaterThan(0);
  }
});

test("a wait is told in words that people use", () => {
  expect([1, 2, 89, 90, 121, 3_600].map(waitText)).toEqual([
    ...["1 second", "2 seconds", "89 seconds", "2 minutes", "3 minutes", "60 minutes"],
  ]);
});
