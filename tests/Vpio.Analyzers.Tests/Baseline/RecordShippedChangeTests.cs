using Vpio.Analyzers.CodeFixes.Baseline;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>The fix <see cref="RecordShippedChange"/>, of VPIO2005.</summary>
internal sealed class RecordShippedChangeTests
{
    [Test]
    public Task WhatWasShippedIsTakenBackAndTheNewIsAdded() => BaselineFixCase.Check<RecordShippedChange>("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct {|VPIO2005:Slot|}
        {
            [FieldOffset(0)] public uint {|VPIO2005:State|};
            [FieldOffset(8)] public uint Flags;
        }

        public class Nic { [Acquires, NoThrow] public void {|VPIO2005:Grab|}() { } }
        """,
        ("# new\n", "contract M:Nic.Grab Acquires\nstruct Slot size 8\nfield Slot.Flags at 8 uint\nfield Slot.State at 0 ulong\n"),
        ("# new\n*REMOVED*contract M:Nic.Grab Acquires\ncontract M:Nic.Grab Acquires, NoThrow\n*REMOVED*struct Slot size 8\nstruct Slot size 16\n*REMOVED*field Slot.State at 0 ulong\nfield Slot.State at 0 uint\n", "contract M:Nic.Grab Acquires\nstruct Slot size 8\nfield Slot.Flags at 8 uint\nfield Slot.State at 0 ulong\n"));

    [Test]
    public Task WhatIsNewIsLeftToAnotherFix() => BaselineFixCase.Check<RecordShippedChange>(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }", ("", "enum Op int\n"), ("", "enum Op int\n"), left: "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }");
}
