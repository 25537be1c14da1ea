using System.Text;

namespace Vpio.Benchmarks;

/// <summary>Writes C# of any length: a driver that shares devices, or code that has none.</summary>
internal static class SyntheticDriver
{
    /// <summary>The device that the driver is written for, with its ownership attributes.</summary>
    public const string Device = """
        using System;
        using Vpio.Abi.Ownership;

        public sealed class Nic
        {
            [NoThrow] public extern Nic();
            [Acquires] public extern void Grab();
            [TryAcquires(true), NoThrow] public extern bool TryGrab();
            [Acquires] public extern Scope Enter();
            [Releases, NoThrow] public extern void Release();
            [HeldWhen(true)] public extern bool IsHeld { [NoThrow] get; }
            [Polls, RevokedWhen(true)] public extern bool Wanted { [NoThrow] get; }
            [RequiresHeld, NoThrow] public extern uint Read(int offset);
            [RequiresHeld, NoThrow] public extern void Write(int offset, uint value);
        }

        [ScopedOwnership]
        public ref struct Scope
        {
            [Releases, NoThrow] public readonly extern void Dispose();
        }
        """;

    /// <summary>Writes a driver.</summary>
    /// <param name="lines">About how many lines.</param>
    public static string Write(int lines) => Write(lines, DeviceClass);

    /// <summary>Writes as many lines that deal with no device.</summary>
    public static string WriteWithoutDevices(int lines) => Write(lines, PlainClass);

    private static string Write(int lines, Func<int, string> oneClass)
    {
        StringBuilder text = new("using System;\nusing System.Collections.Generic;\n");
        int each = oneClass(0).Count(c => c == '\n');
        for (int i = 0; i < lines / each; i++)
            text.Append(oneClass(i));
        return text.ToString();
    }

    // Of a driver most is about packets and queues; a part of it touches the device.
    private static string DeviceClass(int number) => $$"""
        public sealed class Driver{{number}}
        {
            private readonly Nic _nic = new();
            private readonly Queue<uint> _queue = new();
            private long _sent;
            private int _errors;

            public bool TrySend(uint frame)
            {
                if (!_nic.TryGrab())
                {
                    _queue.Enqueue(frame);
                    return false;
                }

                try
                {
                    _nic.Write(0, frame);
                    _sent++;
                    Drain();
                }
                finally
                {
                    _nic.Release();
                }

                return true;
            }

            private void Drain()
            {
                while (_queue.Count > 0 && !_nic.Wanted)
                {
                    uint frame = _queue.Dequeue();
                    if ((frame & 1) != 0)
                        _nic.Write(4, frame);
                    else
                        _nic.Write(8, frame >> 1);
                }
            }

            public uint ReadStatus(bool twice)
            {
                using Scope scope = _nic.Enter();
                uint status = _nic.Read(12);
                if (twice)
                    status |= _nic.Read(16);
                return status;
            }

        {{Plain(number)}}
        }

        """;

    private static string PlainClass(int number) => $$"""
        public sealed class Plain{{number}}
        {
            private readonly Queue<uint> _queue = new();
            private long _sent;
            private int _errors;

        {{Plain(number)}}
        {{Plain(number).Replace(" Sum(", " Total(").Replace(" Parse(", " Scan(").Replace(" Note(", " Count(").Replace(" Order(", " Arrange(")}}
        }

        """;

    private static string Plain(int number) => $$"""
            public long Sum(IReadOnlyList<int> values)
            {
                long sum = {{number}};
                for (int i = 0; i < values.Count; i++)
                {
                    if (values[i] > 0)
                        sum += values[i] * 3L;
                    else if (values[i] < -100)
                        sum -= values[i];
                }

                return sum + _sent;
            }

            public Dictionary<string, int> Parse(string text)
            {
                Dictionary<string, int> found = new();
                foreach (string part in text.Split(','))
                {
                    string[] pair = part.Split('=');
                    if (pair.Length != 2 || !int.TryParse(pair[1], out int value))
                    {
                        _errors++;
                        continue;
                    }

                    found[pair[0].Trim()] = value;
                }

                return found;
            }

            public void Note(uint frame)
            {
                try
                {
                    _queue.Enqueue(frame);
                    if (_queue.Count > 1000)
                        throw new InvalidOperationException("The queue is full: " + _errors);
                }
                catch (InvalidOperationException)
                {
                    _queue.Clear();
                    _sent--;
                }
            }

            public int Order(int a, int b, int c) => a < b ? b < c ? 1 : a < c ? 2 : 3 : b < c ? a < c ? 4 : 5 : 6;
        """;
}
