using Vpio.Abi;
using Vpio.Abi.Machines;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Is what a virtual machine has in its address space from its start on: the pages, the guest's memory, its program, and what the processor needs.</summary>
internal sealed class MachineMemory
{
    private const int PageBytes = 4096;

    private readonly SharedRegion _devicePage;
    private readonly GuestPages _pages;
    private readonly SharedRegion _system = new(LongMode.TableBytes, guestsWrite: true);
    private readonly SharedRegion _info = new(PageBytes, guestsWrite: true);
    private readonly SharedRegion _calls = new(Abi.Processes.CallArea.Size, guestsWrite: true);
    private readonly SharedRegion _program;
    private readonly MachineImage _image;

    /// <summary>Loads a program.</summary>
    /// <param name="devicePage">The device page.</param>
    /// <param name="pages">The guest's page and memory.</param>
    /// <param name="program">The program.</param>
    /// <exception cref="ArgumentException">It is none, or does not fit; the message says why.</exception>
    public MachineMemory(SharedRegion devicePage, GuestPages pages, ReadOnlySpan<byte> program)
    {
        _devicePage = devicePage;
        _pages = pages;
        _image = ProgramHeader.Read(program);
        if (MachineMap.Memory + (ulong)pages.Memory.LengthBytes > MachineMap.End)
            throw new ArgumentException($"A virtual machine has room for {(MachineMap.End - MachineMap.Memory) >> 20} MiB of guest and application memory.", nameof(pages));
        _program = new SharedRegion((_image.MemoryBytes + PageBytes - 1) / PageBytes * PageBytes, guestsWrite: true);
        program[..(int)_image.ImageBytes].CopyTo(_program.Hypervisor.Bytes(0, (int)_image.ImageBytes));
        LongMode.WriteTables(_system.Hypervisor.Bytes(0, LongMode.TableBytes), _image.UpcallHandler);
        WriteInfo(ref _info.Hypervisor.At<MachineInfo>(0));

        // The machine has the mappings: nobody maps them again.
        foreach (SharedRegion region in (SharedRegion[])[_system, _info, _calls, _program])
            region.Close();
    }

    /// <summary>Gets the hypervisor's mapping of the call area.</summary>
    public Mapping Calls => _calls.Hypervisor;

    /// <summary>Gets whether a notification interrupts the guest.</summary>
    public bool WantsInterrupts => _image.UpcallHandler != 0;

    /// <summary>Puts all of it into a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <exception cref="IOException">The kernel has no room for it.</exception>
    public void MapInto(VirtualMachine machine)
    {
        machine.Map(MachineMap.SystemSlot, MachineMap.System, _system.Hypervisor);
        machine.Map(MachineMap.DevicePageSlot, MachineMap.DevicePage, _devicePage.Hypervisor, guestWrites: false);
        machine.Map(MachineMap.InfoSlot, MachineMap.Info, _info.Hypervisor, guestWrites: false);
        machine.Map(MachineMap.GuestPageSlot, MachineMap.GuestPage, _pages.Page);
        machine.Map(MachineMap.CallAreaSlot, MachineMap.CallArea, _calls.Hypervisor);
        machine.Map(MachineMap.ProgramSlot, MachineImage.LoadAddress, _program.Hypervisor);
        machine.Map(MachineMap.MemorySlot, MachineMap.Memory, _pages.Memory);
    }

    /// <summary>Sets a processor to where the program begins, and tells the guest of its clock.</summary>
    /// <param name="cpu">The processor.</param>
    public void Enter(VirtualCpu cpu)
    {
        cpu.SystemRegisters = LongMode.Set(cpu.SystemRegisters);
        cpu.Registers = LongMode.Entry(_image);
        MachineClock.Convert(cpu, _pages.Clock).WriteTo(ref _pages.Page.At<GuestPage>(0));
    }

    private void WriteInfo(ref MachineInfo info)
    {
        info.Magic = MachineInfo.MagicValue;
        info.Major = VpioVersion.Major;
        info.Minor = _pages.Offered.Minor;
        info.DevicePage = MachineMap.DevicePage;
        info.GuestPage = MachineMap.GuestPage;
        info.CallArea = MachineMap.CallArea;
        info.Memory = MachineMap.Memory;
        info.MemoryBytes = (ulong)_pages.MemoryBytes;
        info.Application = MachineMap.Memory + (ulong)_pages.MemoryBytes;
        info.ApplicationBytes = (ulong)(_pages.Memory.LengthBytes - _pages.MemoryBytes);
        info.Windows = MachineMap.Windows;
        info.WindowStrideBytes = MachineMap.WindowStride;
    }
}
