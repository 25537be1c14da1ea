using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves what attaching checks; the specification's "Device page", "Guest page" and DEVOP_negotiate.</summary>
internal sealed class AttachTests
{
    [Test]
    public void AnAttachedGuestKnowsItsIdAndEpoch()
    {
        using GuestDomain domain = GuestDomain.Attach(new FakePort());
        Assert.That((domain.Id, domain.Epoch, domain.IsStale), Is.EqualTo((FakePort.Me, 0x1234UL, false)));
    }

    [Test]
    public void ADevicePageOfAnotherKindIsRefused() => Refuses(port => port.WritableDevicePage.Header.Magic = 0xdead, "magic of the device page is 0xdead");

    [Test]
    public void ADevicePageOfAnotherMajorVersionIsRefused() => Refuses(port => port.WritableDevicePage.Header.Major = 2, "major version of the device page");

    [Test]
    public void ADevicePageOfAnotherLayoutIsRefused() => Refuses(port => port.WritableDevicePage.Header.SlotSizeBytes = 128, "slot size");

    [Test]
    public void ADevicePageOfAnotherSizeIsRefused() => Refuses(port => port.WritableDevicePage.Header.PageSizeBytes = 8192, "page size");

    [Test]
    public void ADevicePageOfMoreSlotsIsRefused() => Refuses(port => port.WritableDevicePage.Header.SlotCount = 127, "slot count");

    [Test]
    public void AGuestPageOfAnotherMajorVersionIsRefused() => Refuses(port => port.GuestPage.Header.Major = 2, "major version of the guest page");

    [Test]
    public void NoCallIsMadeToAHypervisorWhosePagesAreRefused()
    {
        FakePort port = new();
        port.GuestPage.Header.Major = 2;
        Assert.That(() => GuestDomain.Attach(port), Throws.TypeOf<PageProtocolException>());
        Assert.That(port.Calls, Is.Empty);
    }

    [Test]
    public void AMinorVersionHigherThanAskedForIsRefused()
    {
        FakePort port = new() { AgreedMinor = VpioVersion.Minor + 1 };
        Assert.That(() => GuestDomain.Attach(port), Throws.TypeOf<PageProtocolException>().With.Message.Contains("minor version"));
    }

    [Test]
    public void AGuestPageOfAnotherKindIsRefused() => Refuses(port => port.GuestPage.Header.Magic = 0, "magic of the guest page");

    [Test]
    public void AnotherGuestsPageIsRefused() => Refuses(port => port.GuestPage.Header.DomainId = 9, "domain id");

    [Test]
    public void APageOfAnEarlierHypervisorIsRefused() => Refuses(port => port.GuestPage.Header.Epoch = 1, "epoch of the guest page");

    [Test]
    public void ADevicePageOfAnEarlierHypervisorIsRefused() => Refuses(port => port.WritableDevicePage.Header.Epoch = 1, "epoch of the device page");

    [Test]
    public void AHypervisorWithoutACommonVersionIsRefused()
    {
        FakePort port = new() { AgreedMajor = 2 };
        Assert.That(() => GuestDomain.Attach(port), Throws.TypeOf<DeviceCallException>().With.Property("Status").EqualTo(DeviceStatus.NotSupported));
    }

    [Test]
    public void AStoppedGuestCannotAttach()
    {
        FakePort port = new();
        port.Stop();
        Assert.That(() => GuestDomain.Attach(port), Throws.TypeOf<GuestStoppedException>());
    }

    [Test]
    public void ARestartedHypervisorMakesTheDomainStale()
    {
        FakePort port = new();
        using GuestDomain domain = GuestDomain.Attach(port);
        port.WritableDevicePage.Header.Epoch++;
        Assert.That(domain.IsStale);
    }

    [Test]
    public void ADeviceIsTheSameObjectAtEveryCall()
    {
        using GuestDomain domain = GuestDomain.Attach(new FakePort());
        GuestDevice device = domain.GetDevice(FakePort.Device0);
        Assert.That(domain.GetDevice(FakePort.Device0), Is.SameAs(device));
        Assert.That(() => domain.GetDevice(new(63)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void ADescriptionSaysWhatTheHypervisorAnswered()
    {
        using GuestDomain domain = GuestDomain.Attach(new FakePort());
        DeviceDescription description = domain.GetDevice(FakePort.Device0).Query();
        Assert.That((description.Class, description.Slice, description.Grants), Is.EqualTo((DeviceClass.Network, TimeSpan.FromMilliseconds(10), 3UL)));
        Assert.That(description.MacAddress.ToString(), Is.EqualTo("02:00:00:00:00:01"));
        Assert.That(() => domain.GetDevice(new(5)).Query(), Throws.TypeOf<DeviceRemovedException>());
    }

    [Test]
    public void ADisposedDomainGivesBackWhatItHolds()
    {
        FakePort port = new();
        GuestDomain domain = GuestDomain.Attach(port);
        domain.GetDevice(FakePort.Device0).TryGrab(out _);
        domain.Dispose();
        domain.Dispose();
        Assert.That((port.State.State, port.IsDisposed), Is.EqualTo((DeviceState.Free, true)));
        Assert.That(() => domain.GetDevice(FakePort.Device0), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void ADeviceOfADisposedDomainGrabsNothing()
    {
        FakePort port = new();
        GuestDomain domain = GuestDomain.Attach(port);
        GuestDevice device = domain.GetDevice(FakePort.Device0);
        domain.Dispose();
        Assert.That(() => device.TryGrab(out _), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void ADeviceThatNobodyAskedForIsNotMadeOfADisposedDomain()
    {
        FakePort port = new();
        GuestDomain domain = GuestDomain.Attach(port);
        domain.Dispose();
        Assert.That(() => domain.GetDevice(new DeviceIndex(5)), Throws.TypeOf<ObjectDisposedException>(), "nobody would close it, and the pages may be gone");
    }

    [Test]
    public void AStopThatIsToldLateTouchesNothingOfADisposedDomain()
    {
        FakePort port = new();
        GuestDomain domain = GuestDomain.Attach(port);
        GuestDevice device = domain.GetDevice(FakePort.Device0);
        domain.Dispose();
        TouchesNothing(port, device.NoticeStop);
    }

    [Test]
    public void NorDoesItOfADeviceThatNobodyCloses()
    {
        FakePort port = new();
        GuestDomain domain = GuestDomain.Attach(port);
        domain.Dispose();
        Assert.That(() => domain.GetDevice(FakePort.Device0), Throws.TypeOf<ObjectDisposedException>());
        TouchesNothing(port, domain.NoticeStop);
    }

    private static void TouchesNothing(FakePort port, Func<bool> noticeStop)
    {
        int calls = port.Calls.Length;
        port.State = port.State.NextGrant(DeviceState.Owned, FakePort.Me);
        Assert.That((noticeStop(), port.Calls.Length), Is.EqualTo((false, calls)), "the pages may be gone");
    }

    private static void Refuses(Action<FakePort> spoil, string message)
    {
        FakePort port = new();
        spoil(port);
        Assert.That(() => GuestDomain.Attach(port), Throws.TypeOf<PageProtocolException>().With.Message.Contains(message));
    }
}
