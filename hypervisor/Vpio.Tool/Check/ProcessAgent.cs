using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.AssembledGuests;
using Vpio.Conformance;
using Vpio.GuestDriver.Processes;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;

namespace Vpio.Tool.Check;

/// <summary>Is the guest agent of a guest in a process of its own: does there what domain 0 tells it by a mailbox, one thing after the other.</summary>
internal sealed class ProcessAgent
{
    // What is told as an address is a place and an offset: neither side of a process has the other's addresses.
    private const int PlaceShift = 32;
    private const ulong Stride = 1 << 20;
    private const int LooksBeforeSleep = 20_000;

    private readonly ProcessPort _port;
    private readonly JobMemory _mailbox;
    private readonly GuestReach _reach;

    private ProcessAgent(ProcessPort port, JobMemory mailbox)
    {
        _port = port;
        _mailbox = mailbox;
        _reach = new GuestReach(port);
    }

    /// <summary>Runs it, if the application memory holds a mailbox.</summary>
    /// <param name="port">The guest's port.</param>
    /// <param name="exitCode">An <see cref="ExitCode"/>.</param>
    /// <returns>Whether it was an agent that this process is for.</returns>
    internal static bool TryRun(ProcessPort port, out int exitCode)
    {
        exitCode = ExitCode.Success;
        JobMemory mailbox = new(port.Application, port);
        if (mailbox.LengthBytes < AgentMailbox.Size || mailbox.Read64(AgentMailbox.Magic) != AgentMailbox.MagicValue)
            return false;
        exitCode = new ProcessAgent(port, mailbox).Run();
        return true;
    }

    private int Run()
    {
        for (int kind = 0; kind <= (int)GuestSpaceKind.Registers; kind++)
            _mailbox.Write64(AgentMailbox.Places + (kind * sizeof(ulong)), (ulong)kind << PlaceShift);
        _mailbox.Write64(AgentMailbox.Stride, Stride);
        uint turn = 2;
        _mailbox.Write32(AgentMailbox.Turn, turn);
        while (true)
        {
            AwaitTurn(turn + 1);
            if ((AgentOperation)_mailbox.Read32(AgentMailbox.Operation) == AgentOperation.End)
                return (int)_mailbox.Read64(AgentMailbox.Value);
            Do((AgentOperation)_mailbox.Read32(AgentMailbox.Operation));
            turn += 2;
            _mailbox.Write32(AgentMailbox.Turn, turn);
        }
    }

    private void AwaitTurn(uint turn)
    {
        for (int look = 0; _mailbox.Read32(AgentMailbox.Turn) != turn; look++)
        {
            if (look < LooksBeforeSleep)
                Thread.SpinWait(1);
            else
                Thread.Sleep(1);
        }
    }

    private void Do(AgentOperation operation)
    {
        switch (operation)
        {
            case AgentOperation.Call:
                Call();
                break;
            case AgentOperation.Load:
                _mailbox.Write64(AgentMailbox.Value, _reach.Read(Space(out ulong from), from, Width));
                break;
            case AgentOperation.Store:
                _reach.Write(Space(out ulong to), to, Width, _mailbox.Read64(AgentMailbox.Value));
                break;
            case AgentOperation.Kick:
                _port.Kick(new DeviceIndex((uint)_mailbox.Read64(AgentMailbox.Value)));
                break;
        }
    }

    private int Width => (int)_mailbox.Read32(AgentMailbox.Width);

    private void Call()
    {
        DeviceOpArgument argument = default;
        // SAFETY: the 128 bytes of an argument, which outlives the span; any bytes are one.
        Span<byte> bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref argument, 1));
        _mailbox.Read(AgentMailbox.Argument, bytes);
        _mailbox.Write64(AgentMailbox.Result, (ulong)_port.Call(_mailbox.Read32(AgentMailbox.Width), ref argument));
        _mailbox.Write(AgentMailbox.Argument, bytes);
    }

    private GuestSpace Space(out ulong offset)
    {
        ulong address = _mailbox.Read64(AgentMailbox.Address);
        offset = address % Stride;
        return new GuestSpace((GuestSpaceKind)(address >> PlaceShift), new DeviceIndex((uint)((uint)address / Stride)));
    }
}
